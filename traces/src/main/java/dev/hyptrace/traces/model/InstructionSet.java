package dev.hyptrace.traces.model;

/** The instruction set state, CPSR.J and CPSR.T: DDI 0406C A2.5.1. */
public enum InstructionSet {
    /** J=0 T=0: 32-bit instructions. */
    A32,
    /** J=0 T=1: 16-bit and 32-bit instructions. */
    T32,
    /** J=1 T=1. */
    THUMB_EE,
    /** J=1 T=0. */
    JAZELLE;

    private static final int J = 1 << 24;
    private static final int T = 1 << 5;

    /** The instruction set that a CPSR value selects. */
    public static InstructionSet ofStatus(long cpsr) {
        boolean t = (cpsr & T) != 0;
        return (cpsr & J) == 0 ? (t ? T32 : A32) : (t ? THUMB_EE : JAZELLE);
    }
}
