package dev.hyptrace.emulator.floatingpoint;

/**
 * The estimates and steps of Newton-Raphson iterations: DDI 0406C A2.7, "Reciprocal estimate and step" and what follows it.
 * Single precision, and unsigned fixed point with 32 fraction bits.
 */
public final class FpEstimate {
    private static final Format SINGLE = Format.SINGLE;
    private static final long TWO = 0x4000_0000L;
    private static final long THREE = 0x4040_0000L;
    private static final long ONE_AND_A_HALF = 0x3fc0_0000L;
    private static final int FRACTION_BITS = 23;
    private static final int BIAS = 127;

    private FpEstimate() {}

    /** FPRecipEstimate(). */
    public static long reciprocal(FpEnvironment env, long bits) {
        long a = env.operand(SINGLE, bits);
        boolean negative = SINGLE.isNegative(a);
        if (SINGLE.isNan(a)) {
            return env.nan(SINGLE, a);
        }
        if (SINGLE.isInfinity(a)) {
            return SINGLE.zero(negative);
        }
        if (SINGLE.isZero(a)) {
            env.raise(Fpscr.DZC);
            return SINGLE.infinity(negative);
        }
        int exponent = SINGLE.exponent(a);
        if (exponent >= BIAS - 1) {
            env.raise(Fpscr.UFC);
            return SINGLE.zero(negative);
        }
        int estimate = reciprocalEstimate(leading(SINGLE.significand(a), 9));
        return SINGLE.zero(negative) | (long) (BIAS - 1 - exponent) << FRACTION_BITS | (estimate & 0xffL) << 15;
    }

    /** UnsignedRecipEstimate(). */
    public static long reciprocalUnsigned(long value) {
        if (value >>> 31 == 0) {
            return 0xffff_ffffL;
        }
        return (long) reciprocalEstimate((int) (value >>> 23)) << 23;
    }

    /** The upper bits of a significand. */
    private static int leading(long significand, int bits) {
        return (int) (significand >>> Format.TOP + 1 - bits);
    }

    /** Of a number in [0.5, 1) in units of 1/512: its reciprocal in units of 1/256, rounded. */
    private static int reciprocalEstimate(int units) {
        int middle = 2 * units + 1;
        return (1 << 19) / middle + 1 >> 1;
    }

    /** FPRSqrtEstimate(). */
    public static long reciprocalSquareRoot(FpEnvironment env, long bits) {
        long a = env.operand(SINGLE, bits);
        if (SINGLE.isNan(a)) {
            return env.nan(SINGLE, a);
        }
        if (SINGLE.isZero(a)) {
            env.raise(Fpscr.DZC);
            return SINGLE.infinity(SINGLE.isNegative(a));
        }
        if (SINGLE.isNegative(a)) {
            return env.invalid(SINGLE);
        }
        if (SINGLE.isInfinity(a)) {
            return SINGLE.zero(false);
        }
        // As a number in [0.25, 1) and an even exponent.
        int exponent = SINGLE.exponent(a) + 1;
        boolean odd = (exponent & 1) != 0;
        int units = leading(SINGLE.significand(a), odd ? 8 : 9);
        int estimate = squareRootEstimate(units);
        int half = (odd ? exponent + 1 : exponent) >> 1;
        return (long) (BIAS - half) << FRACTION_BITS | (estimate & 0xffL) << 15;
    }

    /** UnsignedRSqrtEstimate(). */
    public static long reciprocalSquareRootUnsigned(long value) {
        if (value >>> 30 == 0) {
            return 0xffff_ffffL;
        }
        return (long) squareRootEstimate((int) (value >>> 23)) << 23;
    }

    /** Of a number in [0.25, 1) in units of 1/512: the reciprocal of its root in units of 1/256, rounded. */
    private static int squareRootEstimate(int units) {
        int middle = units < 256 ? 2 * units + 1 : 2 * ((units & ~1) + 1);
        int root = 512;
        while ((long) middle * (root + 1) * (root + 1) < 1 << 28) {
            root++;
        }
        return root + 1 >> 1;
    }

    /** FPRecipStep(): {@code 2 - a * b}. */
    public static long reciprocalStep(FpEnvironment env, long x, long y) {
        long a = env.operand(SINGLE, x);
        long b = env.operand(SINGLE, y);
        if (isZeroTimesInfinity(a, b)) {
            return TWO;
        }
        return FpArithmetic.subtract(env, SINGLE, TWO, FpArithmetic.multiply(env, SINGLE, a, b));
    }

    /** FPRSqrtStep(): {@code (3 - a * b) / 2}. */
    public static long reciprocalSquareRootStep(FpEnvironment env, long x, long y) {
        long a = env.operand(SINGLE, x);
        long b = env.operand(SINGLE, y);
        if (isZeroTimesInfinity(a, b)) {
            return ONE_AND_A_HALF;
        }
        long difference = FpArithmetic.subtract(env, SINGLE, THREE, FpArithmetic.multiply(env, SINGLE, a, b));
        return FpArithmetic.divide(env, SINGLE, difference, TWO);
    }

    private static boolean isZeroTimesInfinity(long a, long b) {
        return SINGLE.isZero(a) && SINGLE.isInfinity(b) || SINGLE.isInfinity(a) && SINGLE.isZero(b);
    }
}
