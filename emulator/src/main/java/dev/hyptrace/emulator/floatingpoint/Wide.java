package dev.hyptrace.emulator.floatingpoint;

/** A magnitude of 128 bits whose highest is bit 126, with the exponent of that bit: products and their sums. */
final class Wide {
    private long high;
    private long low;
    private int exponent;

    /** A significand as {@link Format#significand} gives it. */
    Wide(long significand, int exponent) {
        this.high = significand;
        this.exponent = exponent;
    }

    /** The exact product of two significands, with the sum of their exponents. */
    static Wide product(long a, long b, int exponent) {
        Wide product = new Wide(Math.multiplyHigh(a, b), exponent + 2);
        product.low = a * b;
        product.normalize();
        return product;
    }

    boolean isZero() {
        return (high | low) == 0;
    }

    int exponent() {
        return exponent;
    }

    /** The upper half, its lowest bit set if the lower one is not zero. */
    long sticky() {
        return high | (low == 0 ? 0 : 1);
    }

    /** Whether this is less than the other. */
    boolean isBelow(Wide other) {
        if (exponent != other.exponent) {
            return exponent < other.exponent;
        }
        return high != other.high ? high < other.high : Long.compareUnsigned(low, other.low) < 0;
    }

    /** Adds one that is not greater. */
    void add(Wide smaller) {
        smaller.align(exponent);
        low += smaller.low;
        high += smaller.high + (Long.compareUnsigned(low, smaller.low) < 0 ? 1 : 0);
        if (high < 0) {
            align(exponent + 1);
        }
    }

    /** Subtracts one that is not greater. */
    void subtract(Wide smaller) {
        smaller.align(exponent);
        long borrow = Long.compareUnsigned(low, smaller.low) < 0 ? 1 : 0;
        low -= smaller.low;
        high -= smaller.high + borrow;
        if (!isZero()) {
            normalize();
        }
    }

    /** Shifts right to a higher exponent; the lowest bit is set if any bit was lost. */
    private void align(int to) {
        int amount = to - exponent;
        exponent = to;
        if (amount >= 64) {
            low = Rounding.shiftRightSticky(high, amount - 64) | (low == 0 ? 0 : 1);
            high = 0;
        } else if (amount > 0) {
            low = Rounding.shiftRightSticky(low, amount) | high << 64 - amount;
            high >>>= amount;
        }
    }

    private void normalize() {
        if (high == 0) {
            high = low >>> 1;
            low <<= 63;
            exponent -= 63;
        }
        int amount = Long.numberOfLeadingZeros(high) - 1;
        if (amount > 0) {
            high = high << amount | low >>> 64 - amount;
            low <<= amount;
            exponent -= amount;
        }
    }
}
