package dev.hyptrace.emulator.decode;

/** The instruction sets, each with a decode table of its own. */
public enum InstructionSet {
    /** 32-bit ARM instructions. */
    A32,
    /** 32-bit Thumb instructions. */
    T32,
    /** 16-bit Thumb instructions. */
    T16;

    /** Whether it is executed in Thumb state. */
    public boolean isThumb() {
        return this != A32;
    }
}
