package dev.hyptrace.emulator.core;

/**
 * The registers of the Advanced SIMD and floating-point extensions: DDI 0406C A2.6. S0 to S31 and Q0 to Q15 are views of
 * D0 to D31. FPSCR and FPEXC are system registers.
 *
 * <p>A register may be unknown, as in {@link SystemState}. Reading one is not noted: who wants to know what a result rests on
 * executes the instruction with two different fillers.
 */
public final class ExtensionRegisters {
    /** How many doubleword registers there are. */
    public static final int COUNT = 32;

    /** D0 to D31. */
    public final long[] d = new long[COUNT];

    /** A bit per register. */
    private int unknown;

    /** S{@code n}, zero-extended. */
    public long single(int n) {
        return d[n >> 1] >>> 32 * (n & 1) & 0xffff_ffffL;
    }

    /** Sets S{@code n} to the low 32 bits of a value. */
    public void setSingle(int n, long value) {
        int shift = 32 * (n & 1);
        d[n >> 1] = d[n >> 1] & ~(0xffff_ffffL << shift) | (value & 0xffff_ffffL) << shift;
    }

    /** Sets D{@code n}; it is known from then on. */
    public void set(int n, long value) {
        d[n] = value;
        unknown &= ~(1 << n);
    }

    public boolean isKnown(int n) {
        return (unknown >>> n & 1) == 0;
    }

    /** Whether all registers are known. */
    public boolean isAllKnown() {
        return unknown == 0;
    }

    /** Makes every register unknown. */
    public void forgetAll() {
        unknown = -1;
    }

    /** Gives every unknown register this value, without making it known. */
    public void fillUnknown(long filler) {
        for (int bits = unknown; bits != 0; bits &= bits - 1) {
            d[Integer.numberOfTrailingZeros(bits)] = filler;
        }
    }

    /** Makes known what is equal to the other's, and unknown what differs, and gives that this value. */
    public void settleDifferences(ExtensionRegisters other, long filler) {
        for (int i = 0; i < COUNT; i++) {
            if (d[i] == other.d[i]) {
                unknown &= ~(1 << i);
            } else {
                unknown |= 1 << i;
                d[i] = filler;
            }
        }
    }

    /** Makes this a copy of the other. */
    public void copyFrom(ExtensionRegisters other) {
        System.arraycopy(other.d, 0, d, 0, COUNT);
        unknown = other.unknown;
    }
}
