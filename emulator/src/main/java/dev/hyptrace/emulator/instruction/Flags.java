package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;

/** Results of data-processing instructions together with the condition flags that they set. */
final class Flags {
    private Flags() {}

    /** A sum; sets N, Z, C and V. */
    static int add(Cpu cpu, int x, int y) {
        int result = x + y;
        cpu.setNz(result);
        cpu.c = Integer.compareUnsigned(result, x) < 0 ? 1 : 0;
        cpu.v = Arithmetic.overflowOfAdd(x, y, result);
        return result;
    }

    /** A difference; sets N, Z, C (no borrow) and V. */
    static int subtract(Cpu cpu, int x, int y) {
        int result = x - y;
        cpu.setNz(result);
        cpu.c = Integer.compareUnsigned(x, y) >= 0 ? 1 : 0;
        cpu.v = (x ^ y) & (x ^ result);
        return result;
    }

    /** AddWithCarry() of the C flag; sets N, Z, C and V. */
    static int addWithCarry(Cpu cpu, int x, int y) {
        int carryIn = cpu.c;
        int result = x + y + carryIn;
        cpu.setNz(result);
        cpu.c = Arithmetic.carryOfAdd(x, y, carryIn);
        cpu.v = Arithmetic.overflowOfAdd(x, y, result);
        return result;
    }

    /** The result of a logical instruction; sets N and Z. */
    static int logical(Cpu cpu, int result) {
        cpu.setNz(result);
        return result;
    }

    /**
     * The result of a logical instruction; sets N, Z and C.
     *
     * @param carry 0 or 1, or {@link Shapes#CARRY_UNCHANGED}
     */
    static int logical(Cpu cpu, int result, int carry) {
        if (carry != Shapes.CARRY_UNCHANGED) {
            cpu.c = carry;
        }
        cpu.setNz(result);
        return result;
    }

    /** Shift_C() of a value; sets C, which is why it must come after whatever else the instruction does with C. */
    static int shift(Cpu cpu, int value, int type, int amount) {
        int carryIn = cpu.c;
        cpu.c = Arithmetic.shiftCarry(value, type, amount, carryIn);
        return Arithmetic.shift(value, type, amount, carryIn);
    }
}
