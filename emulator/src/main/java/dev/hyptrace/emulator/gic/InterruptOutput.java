package dev.hyptrace.emulator.gic;

/** Where a {@link CpuInterface} leads: two inputs of a processor. */
@FunctionalInterface
interface InterruptOutput {
    /** Sets both levels. */
    void set(boolean irq, boolean fiq);
}
