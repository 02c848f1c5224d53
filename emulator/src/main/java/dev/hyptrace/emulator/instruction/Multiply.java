package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * Multiply and multiply-accumulate instructions of whole registers: 32 bits times 32 bits.
 *
 * <p>Those that set flags leave C and V as they are. Where {@code dHi} is {@code dLo}, which is UNPREDICTABLE, the upper
 * half of the result stays.
 */
final class Multiply {
    private static final long UNSIGNED = 0xffff_ffffL;
    private static final long ROUND = 0x8000_0000L;

    private Multiply() {}

    /** MUL. */
    static Operation mul(boolean setflags, int d, int n, int m) {
        if (setflags) {
            return Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] * cpu.r[m]));
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] * cpu.r[m];
            }
        };
    }

    /** MLA. */
    static Operation mla(boolean setflags, int d, int n, int m, int a) {
        return setflags
                ? Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] * cpu.r[m] + cpu.r[a]))
                : Operation.of(cpu -> cpu.r[d] = cpu.r[n] * cpu.r[m] + cpu.r[a]);
    }

    /** MLS. */
    static Operation mls(int d, int n, int m, int a) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[a] - cpu.r[n] * cpu.r[m]);
    }

    /** UMULL. */
    static Operation umull(boolean setflags, int dLo, int dHi, int n, int m) {
        return Operation.of(cpu -> writeLong(cpu, setflags, dLo, dHi, unsignedProduct(cpu, n, m)));
    }

    /** UMLAL. */
    static Operation umlal(boolean setflags, int dLo, int dHi, int n, int m) {
        return Operation.of(
                cpu -> writeLong(cpu, setflags, dLo, dHi, unsignedProduct(cpu, n, m) + readLong(cpu, dLo, dHi)));
    }

    /** UMAAL: the product plus two words cannot overflow 64 bits. */
    static Operation umaal(int dLo, int dHi, int n, int m) {
        return Operation.of(cpu -> {
            long sum = (cpu.r[dLo] & UNSIGNED) + (cpu.r[dHi] & UNSIGNED);
            writeLong(cpu, false, dLo, dHi, unsignedProduct(cpu, n, m) + sum);
        });
    }

    /** SMULL. */
    static Operation smull(boolean setflags, int dLo, int dHi, int n, int m) {
        return Operation.of(cpu -> writeLong(cpu, setflags, dLo, dHi, signedProduct(cpu, n, m)));
    }

    /** SMLAL. */
    static Operation smlal(boolean setflags, int dLo, int dHi, int n, int m) {
        return Operation.of(
                cpu -> writeLong(cpu, setflags, dLo, dHi, signedProduct(cpu, n, m) + readLong(cpu, dLo, dHi)));
    }

    /** SMMUL, and SMMULR which rounds: the most significant word of the product. */
    static Operation smmul(boolean round, int d, int n, int m) {
        return Operation.of(cpu -> cpu.r[d] = mostSignificant(signedProduct(cpu, n, m), round));
    }

    /** SMMLA and SMMLAR. */
    static Operation smmla(boolean round, int d, int n, int m, int a) {
        return Operation.of(
                cpu -> cpu.r[d] = mostSignificant(((long) cpu.r[a] << 32) + signedProduct(cpu, n, m), round));
    }

    /** SMMLS and SMMLSR. With PC as Ra, which is UNPREDICTABLE, they are SMMUL and SMMULR, as in QEMU. */
    static Operation smmls(boolean round, int d, int n, int m, int a) {
        if (a == 15) {
            return smmul(round, d, n, m);
        }
        return Operation.of(
                cpu -> cpu.r[d] = mostSignificant(((long) cpu.r[a] << 32) - signedProduct(cpu, n, m), round));
    }

    private static int mostSignificant(long value, boolean round) {
        return (int) (value + (round ? ROUND : 0) >>> 32);
    }

    private static long unsignedProduct(Cpu cpu, int n, int m) {
        return (cpu.r[n] & UNSIGNED) * (cpu.r[m] & UNSIGNED);
    }

    private static long signedProduct(Cpu cpu, int n, int m) {
        return (long) cpu.r[n] * cpu.r[m];
    }

    static long readLong(Cpu cpu, int dLo, int dHi) {
        return (long) cpu.r[dHi] << 32 | cpu.r[dLo] & UNSIGNED;
    }

    static void writeLong(Cpu cpu, boolean setflags, int dLo, int dHi, long result) {
        if (setflags) {
            cpu.setNz(result);
        }
        cpu.r[dLo] = (int) result;
        cpu.r[dHi] = (int) (result >>> 32);
    }
}
