package dev.hyptrace.recorder.live;

/**
 * What QEMU's virtual machine does during a single step, as its {@code Qqemu.sstep} packet numbers it: 1 step, 2 hold
 * interrupts back, 4 hold timers back. Other stubs do not know the packet and do as they do.
 */
enum StepFlags {
    /**
     * Timers held back, interrupts that are pending already taken: what an instruction does in free running, except that no
     * time passes on the virtual clock. The default here; QEMU's own default is {@link #UNDISTURBED}.
     */
    TIMELESS(5),
    /** Neither interrupts nor timers: exactly this one instruction is executed. For the HVC itself and for injected MRS. */
    UNDISTURBED(7),
    /** Both: for WFI, which would otherwise wait for ever. */
    FREE(1);

    private final int bits;

    StepFlags(int bits) {
        this.bits = bits;
    }

    String command() {
        return "Qqemu.sstep=" + bits;
    }
}
