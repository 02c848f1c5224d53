package dev.hyptrace.recorder.live;

/**
 * How many more instructions are single-stepped before Hyp mode, or whatever else may move vectors, runs freely.
 *
 * <p>A hypervisor is entered thousands of times by interrupts and traps, and each time it is in Hyp mode for long. So the budget
 * of an entry that is no hypercall is halved whenever the one before was not enough, and is full again after one that was.
 */
final class HypBudget {
    private final long full;
    private long otherEntries;
    private long left;
    private boolean hypercall;

    HypBudget(long full) {
        this.full = full;
        otherEntries = full;
        left = full;
        hypercall = true;
    }

    /** Hyp mode is entered. */
    void enter(boolean byHypercall) {
        if (!hypercall && left <= 0) {
            otherEntries /= 2;
        }
        hypercall = byHypercall;
        left = byHypercall ? full : otherEntries;
    }

    /** Hyp mode is left, by a step that was seen. */
    void leave() {
        if (!hypercall && left > 0) {
            otherEntries = full;
        }
        hypercall = true;
    }

    void step() {
        left--;
    }

    /** Nothing new will come of stepping. */
    void spin() {
        left = 0;
    }

    boolean isLeft() {
        return left > 0;
    }
}
