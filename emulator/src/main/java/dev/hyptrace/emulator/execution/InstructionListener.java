package dev.hyptrace.emulator.execution;

/** Told of each instruction of a run. */
public interface InstructionListener {
    /** In place of the size of an instruction that cannot be fetched. */
    int NONE = 0;

    /**
     * An instruction is about to be executed; registers are those before it, but for PC.
     *
     * @param address where it is
     * @param word an A32 word; a T16 halfword; or a 32-bit Thumb instruction with its first halfword in bits [31:16]
     * @param size 2 or 4 bytes, or {@link #NONE}: then a prefetch abort follows
     */
    void before(int address, int word, int size);
}
