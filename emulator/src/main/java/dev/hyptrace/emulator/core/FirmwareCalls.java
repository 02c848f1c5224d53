package dev.hyptrace.emulator.core;

/** Firmware that answers SMC, HVC or semihosting calls in the place of guest code, such as the PSCI of QEMU's boards. */
@FunctionalInterface
public interface FirmwareCalls {
    /** No firmware: the instructions do what the architecture says. */
    FirmwareCalls NONE = (cpu, conduit) -> false;

    /** The instruction that calls. */
    enum Conduit {
        SMC,
        HVC,
        /** SVC with the immediate of semihosting: 0x123456 in A32, 0xab in Thumb. */
        SEMIHOSTING
    }

    /**
     * Answers a call. {@link Cpu#pc} is the address of the instruction after it.
     *
     * @return whether it was answered; if not, the instruction is executed as the architecture defines
     */
    boolean call(Cpu cpu, Conduit conduit);
}
