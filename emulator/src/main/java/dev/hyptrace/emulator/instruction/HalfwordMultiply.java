package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/**
 * Signed multiply instructions of halfwords: one product (SMULBB and its kin) or two (SMUAD and its kin).
 *
 * <p>{@code nHigh} and {@code mHigh} choose the upper halfword of an operand; {@code swap} exchanges those of Rm. An
 * addition that overflows sets Q, and its result wraps.
 */
final class HalfwordMultiply {
    private HalfwordMultiply() {}

    /** The lower or the upper halfword, sign-extended. */
    private static int half(int value, boolean high) {
        return high ? value >> 16 : (short) value;
    }

    /** The low word of a sum; sets Q if it is not the sum. */
    private static int wrap(Cpu cpu, long sum) {
        int result = (int) sum;
        if (result != sum) {
            cpu.q = 1;
        }
        return result;
    }

    // ---- one product ------------------------------------------------------------------------------------------------

    /** SMULBB, SMULBT, SMULTB, SMULTT. */
    static Operation smulxy(int d, int n, int m, boolean nHigh, boolean mHigh) {
        return Operation.of(cpu -> cpu.r[d] = half(cpu.r[n], nHigh) * half(cpu.r[m], mHigh));
    }

    /** SMLABB, SMLABT, SMLATB, SMLATT. */
    static Operation smlaxy(int d, int n, int m, int a, boolean nHigh, boolean mHigh) {
        return Operation.of(
                cpu -> cpu.r[d] = wrap(cpu, (long) half(cpu.r[n], nHigh) * half(cpu.r[m], mHigh) + cpu.r[a]));
    }

    /** SMLALBB, SMLALBT, SMLALTB, SMLALTT. */
    static Operation smlalxy(int dLo, int dHi, int n, int m, boolean nHigh, boolean mHigh) {
        return Operation.of(cpu -> {
            long product = (long) half(cpu.r[n], nHigh) * half(cpu.r[m], mHigh);
            Multiply.writeLong(cpu, false, dLo, dHi, product + Multiply.readLong(cpu, dLo, dHi));
        });
    }

    /** SMULWB, SMULWT: the upper 32 of 48 bits. */
    static Operation smulwy(int d, int n, int m, boolean mHigh) {
        return Operation.of(cpu -> cpu.r[d] = (int) ((long) cpu.r[n] * half(cpu.r[m], mHigh) >> 16));
    }

    /** SMLAWB, SMLAWT. */
    static Operation smlawy(int d, int n, int m, int a, boolean mHigh) {
        return Operation.of(cpu -> cpu.r[d] = wrap(cpu, ((long) cpu.r[n] * half(cpu.r[m], mHigh) >> 16) + cpu.r[a]));
    }

    // ---- two products -----------------------------------------------------------------------------------------------

    /** SMUAD, SMUADX. */
    static Operation smuad(int d, int n, int m, boolean swap) {
        return Operation.of(cpu -> cpu.r[d] = wrap(cpu, sumOfProducts(cpu, n, m, swap)));
    }

    /** SMLAD, SMLADX. */
    static Operation smlad(int d, int n, int m, int a, boolean swap) {
        return Operation.of(cpu -> cpu.r[d] = wrap(cpu, sumOfProducts(cpu, n, m, swap) + cpu.r[a]));
    }

    /** SMLALD, SMLALDX. */
    static Operation smlald(int dLo, int dHi, int n, int m, boolean swap) {
        return Operation.of(cpu -> Multiply.writeLong(
                cpu, false, dLo, dHi, sumOfProducts(cpu, n, m, swap) + Multiply.readLong(cpu, dLo, dHi)));
    }

    /** SMUSD, SMUSDX: cannot overflow. */
    static Operation smusd(int d, int n, int m, boolean swap) {
        return Operation.of(cpu -> cpu.r[d] = (int) differenceOfProducts(cpu, n, m, swap));
    }

    /** SMLSD, SMLSDX. */
    static Operation smlsd(int d, int n, int m, int a, boolean swap) {
        return Operation.of(cpu -> cpu.r[d] = wrap(cpu, differenceOfProducts(cpu, n, m, swap) + cpu.r[a]));
    }

    /** SMLSLD, SMLSLDX. */
    static Operation smlsld(int dLo, int dHi, int n, int m, boolean swap) {
        return Operation.of(cpu -> Multiply.writeLong(
                cpu, false, dLo, dHi, differenceOfProducts(cpu, n, m, swap) + Multiply.readLong(cpu, dLo, dHi)));
    }

    private static long sumOfProducts(Cpu cpu, int n, int m, boolean swap) {
        return product(cpu, n, m, false, swap) + product(cpu, n, m, true, !swap);
    }

    private static long differenceOfProducts(Cpu cpu, int n, int m, boolean swap) {
        return product(cpu, n, m, false, swap) - product(cpu, n, m, true, !swap);
    }

    private static long product(Cpu cpu, int n, int m, boolean nHigh, boolean mHigh) {
        return (long) half(cpu.r[n], nHigh) * half(cpu.r[m], mHigh);
    }
}
