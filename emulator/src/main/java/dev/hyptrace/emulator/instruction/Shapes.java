package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.floatingpoint.Format;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * How fields become operands: the functions that the bindings of a decode table may name. Pure functions of small
 * unsigned fields, tested on their own.
 */
final class Shapes {
    /** The carry operand of a logical instruction that leaves the C flag as it is. */
    static final int CARRY_UNCHANGED = 2;

    private Shapes() {}

    /** ARMExpandImm(): an 8-bit value rotated right by twice a 4-bit number. */
    static int armExpandImm(int imm12) {
        return Integer.rotateRight(imm12 & 0xff, imm12 >>> 8 << 1);
    }

    /** The carry out of ARMExpandImm_C(): bit 31 of a rotated value, unchanged when not rotated. */
    static int armExpandImmCarry(int imm12) {
        return imm12 >>> 8 == 0 ? CARRY_UNCHANGED : armExpandImm(imm12) >>> 31;
    }

    /** ARMExpandImm() of what is subtracted. */
    static int armExpandImmNegated(int imm12) {
        return -armExpandImm(imm12);
    }

    /** ThumbExpandImm(): an 8-bit value, once or repeated, or 1bcdefgh rotated right by 8 to 31. */
    static int thumbExpandImm(int imm12) {
        int imm8 = imm12 & 0xff;
        return switch (imm12 >>> 8) {
            case 0 -> imm8;
            case 1 -> imm8 << 16 | imm8;
            case 2 -> imm8 << 24 | imm8 << 8;
            case 3 -> imm8 << 24 | imm8 << 16 | imm8 << 8 | imm8;
            default -> Integer.rotateRight(0x80 | imm12 & 0x7f, imm12 >>> 7);
        };
    }

    /** The carry out of ThumbExpandImm_C(): bit 31 of a rotated value, unchanged when not rotated. */
    static int thumbExpandImmCarry(int imm12) {
        return imm12 >>> 10 == 0 ? CARRY_UNCHANGED : thumbExpandImm(imm12) >>> 31;
    }

    /** The kind of shift that DecodeImmShift() gives: a constant of {@link Arithmetic}. */
    static int decodeImmShiftType(int type, int imm5) {
        return type == Arithmetic.ROR && imm5 == 0 ? Arithmetic.RRX : type;
    }

    /** The amount that DecodeImmShift() gives: 0 only for LSL, 1 for RRX. */
    static int decodeImmShiftAmount(int type, int imm5) {
        if (imm5 != 0 || type == Arithmetic.LSL) {
            return imm5;
        }
        return type == Arithmetic.ROR ? 1 : 32;
    }

    /** A field above 12 other bits. */
    static int concatenate12(int high, int low) {
        return high << 12 | low;
    }

    /** The kind of shift of a saturating instruction: DecodeImmShift() of sh:'0'. */
    static int saturatingShiftType(int sh) {
        return sh == 0 ? Arithmetic.LSL : Arithmetic.ASR;
    }

    /** The amount of that shift. */
    static int saturatingShiftAmount(int sh, int imm5) {
        return decodeImmShiftAmount(saturatingShiftType(sh), imm5);
    }

    static int negated(int value) {
        return -value;
    }

    static int plus1(int value) {
        return value + 1;
    }

    static int times8(int value) {
        return value << 3;
    }

    /** A 24-bit word offset. */
    static int branchOffset24(int imm24) {
        return imm24 << 8 >> 6;
    }

    static int times4(int value) {
        return value << 2;
    }

    static int times2(int value) {
        return value << 1;
    }

    /** The offset of A32's BLX (immediate): a word offset, and a bit for half a word. */
    static int blxOffset24(int H, int imm24) {
        return branchOffset24(imm24) | H << 1;
    }

    /** The offset of T16's B with a condition. */
    static int branchOffset8(int imm8) {
        return imm8 << 24 >> 23;
    }

    /** The offset of T16's B. */
    static int branchOffset11(int imm11) {
        return imm11 << 21 >> 20;
    }

    /** The offset of T32's B with a condition: S:J2:J1:imm6:imm11:'0'. */
    static int branchOffset20(int S, int j1, int j2, int imm17) {
        return (S << 19 | j2 << 18 | j1 << 17 | imm17) << 12 >> 11;
    }

    /** The offset of T32's B and BL: S:I1:I2:imm10:imm11:'0', where I1 is NOT(J1 EOR S) and I2 likewise. */
    static int branchOffset24(int S, int j1, int j2, int imm21) {
        int i1 = j1 ^ S ^ 1;
        int i2 = j2 ^ S ^ 1;
        return (S << 23 | i1 << 22 | i2 << 21 | imm21) << 8 >> 7;
    }

    /** The offset of T32's BLX (immediate): S:I1:I2:imm10H:imm10L:'00'. */
    static int blxOffset23(int S, int j1, int j2, int imm20) {
        return branchOffset24(S, j1, j2, imm20 << 1);
    }

    /** The list of T16's PUSH: M is LR. */
    static int pushList(int M, int list) {
        return M << 14 | list;
    }

    /** The list of T16's POP: P is PC. */
    static int popList(int P, int list) {
        return P << 15 | list;
    }

    /** The register after an even one. */
    static int following(int t) {
        return t + 1 & 0xf;
    }

    /** SYSm of a banked register: M1, then M, as the encodings have them, with M in front. */
    static int bankedRegister(int m1AndM) {
        return (m1AndM & 1) << 4 | m1AndM >>> 1;
    }

    /** imod of the 16-bit CPS, of which only the lower bit is encoded. */
    static int interruptModifier(int im) {
        return 2 | im;
    }

    /**
     * The number of an S register (sz = 0) or D register from a field whose highest bit is apart: Vd:D or D:Vd.
     *
     * @param register D:Vd, as the encodings have it from the left to the right
     */
    static int scalarRegister(int sz, int register) {
        return sz != 0 ? register : (register & 0xf) << 1 | register >>> 4;
    }

    /** The same for a register with its single bit on the right: Vn:N. */
    static int scalarRegisterN(int sz, int register) {
        return sz != 0 ? vectorN(register) : register;
    }

    /** A D register N:Vn, given as Vn:N. */
    static int vectorN(int register) {
        return (register & 1) << 4 | register >>> 1;
    }

    /** The register of a conversion's result: single precision for a double-precision operand (sz = 1). */
    static int otherRegister(int sz, int register) {
        return scalarRegister(sz ^ 1, register);
    }

    /** imm4:i of a conversion with fixed point, given as i:imm4. */
    static int fixedPointBits(int field) {
        return (field & 0xf) << 1 | field >>> 4;
    }

    /** The size of the lanes of a shift, 0 for 8 bits to 3 for 64, by imm6[5:3]:L. */
    static int shiftSize(int high) {
        return (high & 1) != 0 ? 3 : 31 - Integer.numberOfLeadingZeros(high >> 1);
    }

    /** How far to shift right, by imm6[5:3]:L and imm6[2:0]. */
    static int shiftRight(int high, int low) {
        return (16 << Math.min(shiftSize(high), 2)) - (high >> 1 << 3 | low);
    }

    /** How far to shift left, by imm6[5:3]:L and imm6[2:0]. */
    static int shiftLeft(int high, int low) {
        int field = high >> 1 << 3 | low;
        return (high & 1) != 0 ? field : field - (8 << shiftSize(high));
    }

    /** As {@link #shiftSize} for an instruction without L, by imm6[5:3]: of the narrow lanes. */
    static int narrowSize(int high) {
        return shiftSize(high << 1);
    }

    /** How far to shift right, by imm6 as {@link #narrowSize}. */
    static int narrowRight(int high, int low) {
        return shiftRight(high << 1, low);
    }

    /** How far to shift left, by imm6 as {@link #narrowSize}. */
    static int narrowLeft(int high, int low) {
        return shiftLeft(high << 1, low);
    }

    /** The fraction bits of a conversion with fixed point, by imm6[4:0]. */
    static int fractionBits(int low) {
        return 32 - low;
    }

    /** A cmode field of which the lowest bit is given with the constant part. */
    static int cmodeAbove(int constant, int bits) {
        return constant | bits << 1;
    }

    /** A cmode field of which the upper bits are the constant part. */
    static int cmodeBelow(int constant, int bits) {
        return constant | bits;
    }

    /** The lane that index_align of VLDn (single structure to one lane) names. */
    static int laneIndex(int size, int indexAlign) {
        return indexAlign >> size + 1;
    }

    /** How far apart its registers are. */
    static int laneSpacing(int elements, int size, int indexAlign) {
        return size > 0 && elements > 1 && (indexAlign >> size & 1) != 0 ? 2 : 1;
    }

    /** The alignment in bytes that its address must have; 0 if the field is UNDEFINED. */
    static int laneAlignment(int elements, int size, int indexAlign) {
        int all = indexAlign & (2 << size) - 1;
        int align = elements == 1 ? all : indexAlign & (size == 2 ? 3 : 1);
        boolean undefined =
                switch (elements) {
                    case 1 ->
                        size == 0 && align != 0 || size == 1 && align > 1 || align != 0 && align != 3 && size == 2;
                    case 2 -> size == 2 && align > 1;
                    case 3 -> align != 0;
                    default -> size == 2 && align == 3;
                };
        if (undefined) {
            return 0;
        }
        return align == 0 ? 1 : elements == 4 && size == 2 ? 4 << align : elements << size;
    }

    /** The size of the elements of VLDn (single structure to all lanes): the value 3 stands for 2. */
    static int allLanesSize(int size) {
        return Math.min(size, 2);
    }

    /** The alignment in bytes that its address must have; 0 if the fields are UNDEFINED. */
    static int allLanesAlignment(int elements, int size, int align) {
        boolean four = elements == 4;
        if (size == 3) {
            return four && align == 1 ? 16 : 0;
        }
        if (align == 0) {
            return 1;
        }
        boolean undefined = elements == 3 || elements == 1 && size == 0;
        return undefined ? 0 : four && size == 2 ? 8 : elements << size;
    }

    /** VFPExpandImm(): sign, a small exponent, and four bits of fraction. */
    static long vfpExpandImm(int imm8, Format format) {
        int exponentBits = format == Format.DOUBLE ? 11 : 8;
        int b = imm8 >>> 6 & 1;
        long exponent =
                (b ^ 1L) << exponentBits - 1 | (b == 0 ? 0 : (1L << exponentBits - 3) - 1) << 2 | imm8 >>> 4 & 3;
        int fractionBits = format.width() - 1 - exponentBits;
        return format.zero((imm8 & 0x80) != 0) | exponent << fractionBits | (imm8 & 0xfL) << fractionBits - 4;
    }

    /** The shape of this name that takes an {@code int[]} of this length and returns an {@code int}. */
    static MethodHandle named(String name, int arity) {
        for (Method method : Shapes.class.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arity && !method.isSynthetic()) {
                try {
                    return MethodHandles.lookup().unreflect(method).asSpreader(int[].class, arity);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalArgumentException("no shape " + name + " of " + arity + " fields");
    }
}
