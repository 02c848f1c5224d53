package dev.hyptrace.traces.container;

/** How the instruction at a {@link Site} has changed a register, and so is expected to change it again. */
final class RegisterChange {
    private final int register;
    private long value;
    private long difference;
    private boolean repeats;

    /** A register that had one value before the instruction and has the other after it. */
    RegisterChange(int register, long before, long after, long mask) {
        this.register = register;
        this.value = after;
        this.difference = after - before & mask;
    }

    /** The file's index of the register. */
    int register() {
        return register;
    }

    /** What the register will hold: what it last held after this instruction, or as much more as last time. */
    long predict(long current, long mask) {
        return repeats ? value : current + difference & mask;
    }

    /** Learns what the register holds after this instruction and what it held before. */
    void learn(long before, long after, long mask) {
        long changed = after - before & mask;
        boolean repeated = after == value;
        if (repeated != (changed == difference)) {
            repeats = repeated;
        }
        value = after;
        difference = changed;
    }
}
