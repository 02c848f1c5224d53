package dev.hyptrace.emulator.core;

/** Firmware that answers SMC or HVC in the place of guest code, such as the PSCI of QEMU's boards. */
@FunctionalInterface
public interface FirmwareCalls {
    /** No firmware: the instructions do what the architecture says. */
    FirmwareCalls NONE = (cpu, conduit) -> false;

    /** The instruction that calls. */
    enum Conduit {
        SMC,
        HVC
    }

    /**
     * Answers a call. {@link Cpu#pc} is the address of the instruction after it.
     *
     * @return whether it was answered; if not, the instruction is executed as the architecture defines
     */
    boolean call(Cpu cpu, Conduit conduit);
}
