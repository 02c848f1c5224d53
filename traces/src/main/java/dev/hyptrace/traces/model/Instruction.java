package dev.hyptrace.traces.model;

/**
 * One encoded instruction.
 *
 * @param encoding the bits: an A32 word; a T16 halfword in bits [15:0]; a 32-bit Thumb instruction with its first
 *     halfword in bits [31:16]
 * @param set the instruction set it is of
 * @param size 2 or 4 bytes
 */
public record Instruction(int encoding, InstructionSet set, int size) {
    private static final int HVC_A32_MASK = 0x0ff0_00f0;
    private static final int HVC_A32 = 0x0140_0070;
    private static final int HVC_T32_MASK = 0xfff0_f000;
    private static final int HVC_T32 = 0xf7e0_8000;

    public Instruction {
        if (size != 2 && size != 4 || size == 2 && (encoding >>> 16 != 0 || set == InstructionSet.A32)) {
            throw new IllegalArgumentException(Hex.word(encoding) + " is no " + size + "-byte " + set + " instruction");
        }
    }

    public static Instruction a32(int encoding) {
        return new Instruction(encoding, InstructionSet.A32, 4);
    }

    public static Instruction t16(int encoding) {
        return new Instruction(encoding, InstructionSet.T32, 2);
    }

    public static Instruction t32(int encoding) {
        return new Instruction(encoding, InstructionSet.T32, 4);
    }

    /**
     * HVC with this immediate: encoding A1 with the condition AL, or T1.
     *
     * @param immediate 16 bits
     */
    public static Instruction hvc(InstructionSet set, int immediate) {
        if (immediate >>> 16 != 0 || set != InstructionSet.A32 && set != InstructionSet.T32) {
            throw new IllegalArgumentException("no HVC of " + set + " has the immediate " + Hex.word(immediate));
        }
        return set == InstructionSet.A32
                ? a32(0xe000_0000 | HVC_A32 | (immediate & 0xfff0) << 4 | immediate & 0xf)
                : t32(HVC_T32 | (immediate & 0xf000) << 4 | immediate & 0xfff);
    }

    /** Whether this is HVC, encoding A1 or T1: DDI 0406C B9.3 "HVC". */
    public boolean isHvc() {
        return isHvc(encoding, set, size);
    }

    /** As {@link #isHvc()}, of an instruction that is not worth an object. */
    public static boolean isHvc(int encoding, InstructionSet set, int size) {
        return set == InstructionSet.A32
                ? (encoding & HVC_A32_MASK) == HVC_A32
                : size == 4 && (encoding & HVC_T32_MASK) == HVC_T32;
    }

    /** The 16-bit immediate of an HVC: imm12:imm4 in A32, imm4:imm12 in T32. */
    public int hvcImmediate() {
        if (!isHvc()) {
            throw new IllegalStateException(this + " is no HVC");
        }
        return set == InstructionSet.A32
                ? (encoding >>> 8 & 0xfff) << 4 | encoding & 0xf
                : (encoding >>> 16 & 0xf) << 12 | encoding & 0xfff;
    }

    /** The bytes as digits: eight, four, or two groups of four for a 32-bit Thumb instruction. */
    @Override
    public String toString() {
        String digits = Hex.digits(encoding);
        return size == 2
                ? digits.substring(4)
                : set == InstructionSet.A32 ? digits : digits.substring(0, 4) + " " + digits.substring(4);
    }
}
