package dev.hyptrace.emulator.core;

/** How exceptions that instructions raise, and interrupts, are taken. */
public interface ExceptionModel {
    /**
     * Enters the handler of an exception that stopped an instruction.
     *
     * @param address the address of the instruction
     * @param size its size in bytes, 2 or 4
     */
    void take(Cpu cpu, ProcessorException exception, int address, int size);

    /**
     * Takes the pending interrupt of the highest priority that is not masked, if any; called between instructions.
     *
     * @return whether one was taken
     */
    boolean takeInterrupt(Cpu cpu);
}
