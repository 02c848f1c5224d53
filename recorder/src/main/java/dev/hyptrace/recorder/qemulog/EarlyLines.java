package dev.hyptrace.recorder.qemulog;

import java.util.ArrayList;
import java.util.List;

/** The lines before the first that only QEMU writes: notes if such a line comes, and nothing if none does. */
final class EarlyLines {
    private static final int MAX_LINES = 100;

    private final List<String> lines = new ArrayList<>();
    private boolean over;

    boolean isOver() {
        return over;
    }

    void add(String text) {
        if (lines.size() < MAX_LINES) {
            lines.add(text);
        }
    }

    void release(Processor processor) {
        over = true;
        lines.forEach(processor::note);
        lines.clear();
    }

    String first() {
        return lines.isEmpty() ? null : lines.get(0);
    }
}
