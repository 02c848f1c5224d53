package dev.hyptrace.emulator.simd;

/**
 * The data type of integer lanes.
 *
 * @param size bits: 8, 16, 32 or 64
 * @param unsigned whether there is no sign; lanes of 64 bits without sign are longs to be taken as unsigned
 */
public record LaneType(int size, boolean unsigned) {
    /** The least value. */
    private long least() {
        return unsigned ? 0 : -1L << size - 1;
    }

    /** The greatest value. */
    private long greatest() {
        return unsigned ? -1L >>> 64 - size : (1L << size - 1) - 1;
    }

    private long limit(SimdStatus status, boolean negative) {
        status.saturate();
        return negative ? least() : greatest();
    }

    /** SignedSat() and UnsignedSat() of a signed number, to a type of which all values are longs. */
    public long saturated(SimdStatus status, long value) {
        if (value < least()) {
            return limit(status, true);
        }
        return size == 64 || value <= greatest() ? value : limit(status, false);
    }

    /** A value of which the 64 bits are unsigned if this type is. */
    public long narrowed(SimdStatus status, long value) {
        return unsigned && value < 0 ? limit(status, false) : saturated(status, value);
    }

    /** The saturated sum. */
    public long sum(SimdStatus status, long n, long m) {
        if (size < 64) {
            return saturated(status, n + m);
        }
        long sum = n + m;
        if (unsigned) {
            return Long.compareUnsigned(sum, n) < 0 ? limit(status, false) : sum;
        }
        return ((n ^ sum) & (m ^ sum)) < 0 ? limit(status, n < 0) : sum;
    }

    /** The saturated difference. */
    public long difference(SimdStatus status, long n, long m) {
        if (size < 64) {
            return saturated(status, n - m);
        }
        long difference = n - m;
        if (unsigned) {
            return Long.compareUnsigned(n, m) < 0 ? limit(status, true) : difference;
        }
        return ((n ^ m) & (n ^ difference)) < 0 ? limit(status, n < 0) : difference;
    }

    /** A value of this type shifted right by 0 to any number of bits. */
    public long right(long value, int amount) {
        if (amount > 63) {
            return unsigned ? 0 : value >> 63;
        }
        return unsigned ? value >>> amount : value >> amount;
    }

    /** The same, rounded: half of the last bit is added. */
    public long rightRounded(long value, int amount) {
        if (amount > 64) {
            return 0;
        }
        return amount == 0 ? value : right(value, amount) + (right(value, amount - 1) & 1);
    }

    /** A value shifted left by a signed number of bits, which is a register's lowest byte. */
    public long shifted(long value, long register, boolean rounded) {
        int amount = (byte) register;
        if (amount >= 0) {
            return amount >= size ? 0 : value << amount;
        }
        return rounded ? rightRounded(value, -amount) : right(value, -amount);
    }

    /** The same, saturated. */
    public long shiftedSaturated(SimdStatus status, long value, long register, boolean rounded) {
        int amount = (byte) register;
        return amount >= 0 ? left(status, value, amount) : shifted(value, register, rounded);
    }

    /** A value of this type shifted left and saturated. */
    public long left(SimdStatus status, long value, int amount) {
        if (value == 0) {
            return 0;
        }
        boolean negative = !unsigned && value < 0;
        if (amount >= size) {
            return limit(status, negative);
        }
        long result = value << amount;
        boolean fits = right(result, amount) == value && (size == 64 || result >= least() && result <= greatest());
        return fits ? result : limit(status, negative);
    }

    /** A signed value shifted left and saturated to this unsigned type: VQSHLU. */
    public long leftUnsigned(SimdStatus status, long value, int amount) {
        return value < 0 ? limit(status, true) : left(status, value, amount);
    }

    /** Twice the product of two signed values of half this signed type's size, saturated. */
    public long doubledProduct(SimdStatus status, long n, long m) {
        return sum(status, n * m, n * m);
    }

    /** The high half of twice the product of two signed values of this type, saturated: VQDMULH. */
    public long doubledProductHigh(SimdStatus status, long n, long m, boolean rounded) {
        return saturated(status, rounded ? rightRounded(n * m, size - 1) : right(n * m, size - 1));
    }

    /** All ones if a condition holds. */
    public static long mask(boolean condition) {
        return condition ? -1 : 0;
    }
}
