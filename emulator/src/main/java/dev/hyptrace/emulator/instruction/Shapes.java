package dev.hyptrace.emulator.instruction;

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

    /** A 24-bit word offset. */
    static int branchOffset24(int imm24) {
        return imm24 << 8 >> 6;
    }

    static int times4(int value) {
        return value << 2;
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
