package dev.hyptrace.emulator.core;

/**
 * Told of what happens rarely: changes of mode, exceptions, choices at UNPREDICTABLE instructions. Never called for an
 * ordinary instruction.
 */
public interface CpuListener {
    CpuListener NONE = new CpuListener() {};

    /** The mode has changed; registers are those of the new one. */
    default void modeChanged(Cpu cpu) {}

    /**
     * An exception is about to be taken: the state is that before the instruction, or between two instructions.
     *
     * @param type what it is
     * @param address the address of the instruction that caused it, or of the next one for an interrupt
     */
    default void exceptionTaken(Cpu cpu, ExceptionType type, int address) {}

    /** An exception was taken: the state is that before the first instruction of the handler. */
    default void exceptionEntered(Cpu cpu, ExceptionType type) {}

    /** An exception return is complete: the state is that at the place returned to. */
    default void exceptionReturned(Cpu cpu, int fromMode) {}

    /**
     * HVBAR is about to be written: the state is that before the instruction, but for PC, which is the following one's. A
     * listener that has requested a stop may throw {@link ProcessorException#BLOCK_CHANGED}: the instruction has then not been
     * started when the run ends. So may {@link #exceptionTaken} for an HVC.
     *
     * @param value what is to be written, whatever the register keeps of it
     */
    default void hypVectorsChange(Cpu cpu, int value) {}

    /** Firmware is about to answer an SMC or HVC: the state is that after the instruction, R0 to R3 the arguments. */
    default void firmwareCalled(Cpu cpu, FirmwareCalls.Conduit conduit) {}

    /**
     * An instruction names a system register that does not exist; it is UNDEFINED.
     *
     * @param access the instruction in assembler syntax
     */
    default void unknownSystemRegister(Cpu cpu, String access) {}

    /** An instruction is UNPREDICTABLE, and the emulator made the choice described. */
    default void unpredictable(Cpu cpu, String choice) {}
}
