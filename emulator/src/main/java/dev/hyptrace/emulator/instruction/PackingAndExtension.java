package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Packing and unpacking instructions: PKH, and sign and zero extension with or without addition. */
final class PackingAndExtension {
    private static final int BYTES = 0x00ff_00ff;

    private PackingAndExtension() {}

    /** PKHBT (bottom of Rn, top of shifted Rm) or PKHTB (top of Rn, bottom of shifted Rm). */
    static Operation pkh(boolean tbform, int d, int n, int m, int shiftT, int shiftN) {
        return Operation.of(cpu -> {
            int operand2 = Arithmetic.shift(cpu.r[m], shiftT, shiftN, 0);
            cpu.r[d] = tbform ? cpu.r[n] & 0xffff_0000 | operand2 & 0xffff : operand2 & 0xffff_0000 | cpu.r[n] & 0xffff;
        });
    }

    private static int rotated(Cpu cpu, int m, int rotation) {
        return Integer.rotateRight(cpu.r[m], rotation);
    }

    /** SXTB. */
    static Operation sxtb(int d, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = (byte) rotated(cpu, m, rotation));
    }

    /** SXTH. */
    static Operation sxth(int d, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = (short) rotated(cpu, m, rotation));
    }

    /** UXTB. */
    static Operation uxtb(int d, int m, int rotation) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = rotated(cpu, m, rotation) & 0xff;
            }
        };
    }

    /** UXTH. */
    static Operation uxth(int d, int m, int rotation) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = rotated(cpu, m, rotation) & 0xffff;
            }
        };
    }

    /** SXTAB. */
    static Operation sxtab(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[n] + (byte) rotated(cpu, m, rotation));
    }

    /** SXTAH. */
    static Operation sxtah(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[n] + (short) rotated(cpu, m, rotation));
    }

    /** UXTAB. */
    static Operation uxtab(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[n] + (rotated(cpu, m, rotation) & 0xff));
    }

    /** UXTAH. */
    static Operation uxtah(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[n] + (rotated(cpu, m, rotation) & 0xffff));
    }

    /** SXTB16. */
    static Operation sxtb16(int d, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = signExtendBytes(rotated(cpu, m, rotation)));
    }

    /** UXTB16. */
    static Operation uxtb16(int d, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = rotated(cpu, m, rotation) & BYTES);
    }

    /** SXTAB16. */
    static Operation sxtab16(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = addHalfwords(cpu.r[n], signExtendBytes(rotated(cpu, m, rotation))));
    }

    /** UXTAB16. */
    static Operation uxtab16(int d, int n, int m, int rotation) {
        return Operation.of(cpu -> cpu.r[d] = addHalfwords(cpu.r[n], rotated(cpu, m, rotation) & BYTES));
    }

    /** Bytes 0 and 2, sign-extended to halfwords. */
    private static int signExtendBytes(int value) {
        return (byte) (value >> 16) << 16 | (byte) value & 0xffff;
    }

    /** The sum of each halfword, without a carry from the lower to the upper. */
    private static int addHalfwords(int x, int y) {
        return (x & 0xffff_0000) + (y & 0xffff_0000) | x + y & 0xffff;
    }
}
