package dev.hyptrace.recorder.live;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which stretch outside Hyp mode is being recorded instruction by instruction, if any. */
final class Windows {
    private final List<StepWindow> windows;
    private final int[] timesLeft;
    private StepWindow open;
    private long stepsLeft;

    Windows(List<StepWindow> windows) {
        this.windows = windows;
        timesLeft = windows.stream().mapToInt(StepWindow::times).toArray();
    }

    /** The addresses at which one may still open. */
    Set<Integer> starts() {
        Set<Integer> starts = new TreeSet<>();
        for (int i = 0; i < timesLeft.length; i++) {
            if (timesLeft[i] > 0) {
                starts.add(windows.get(i).from());
            }
        }
        return starts;
    }

    /** The processor is about to execute the instruction there. */
    void arrive(int pc) {
        if (open != null && open.to().isPresent() && open.to().getAsInt() == pc) {
            close();
        }
        for (int i = 0; i < timesLeft.length && open == null; i++) {
            if (timesLeft[i] > 0 && windows.get(i).from() == pc) {
                timesLeft[i]--;
                open = windows.get(i);
                stepsLeft = Math.max(stepsLeft, open.most());
            }
        }
    }

    /** Records so many instructions from here on. */
    void openFor(long steps) {
        stepsLeft = Math.max(stepsLeft, steps);
    }

    boolean isOpen() {
        return stepsLeft > 0;
    }

    /** Whether a stretch is open that will come to an end by itself, which the end of the recording waits for. */
    boolean isBounded() {
        return isOpen() && stepsLeft < Long.MAX_VALUE / 2;
    }

    /** One instruction was recorded. */
    void step() {
        if (stepsLeft > 0 && --stepsLeft == 0) {
            open = null;
        }
    }

    void close() {
        open = null;
        stepsLeft = 0;
    }
}
