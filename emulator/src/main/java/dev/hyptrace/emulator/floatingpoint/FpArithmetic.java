package dev.hyptrace.emulator.floatingpoint;

/**
 * FPAdd(), FPMul() and so on: DDI 0406C A2.7 "Floating-point data types and arithmetic". Each takes and returns bits of a
 * format, single or double precision, and notes exceptions in the environment.
 */
public final class FpArithmetic {
    private static final int ROOT_BITS = 56;

    private FpArithmetic() {}

    /** An operation on two values. */
    @FunctionalInterface
    public interface Binary {
        long apply(FpEnvironment env, Format format, long a, long b);
    }

    /** FPAdd(). */
    public static long add(FpEnvironment env, Format format, long a, long b) {
        if (env.isHost()) {
            long result = format == Format.SINGLE
                    ? bits(Float.intBitsToFloat((int) a) + Float.intBitsToFloat((int) b))
                    : bits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
            if (format.isWithinRange(result)) {
                return result;
            }
        }
        return addExactly(env, format, env.operand(format, a), env.operand(format, b));
    }

    /** FPSub(). */
    public static long subtract(FpEnvironment env, Format format, long a, long b) {
        // The sign of a NaN is kept: only numbers are negated.
        return format.isNan(b) ? add(env, format, a, b) : add(env, format, a, format.negated(b));
    }

    private static long addExactly(FpEnvironment env, Format format, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return env.nan(format, a, b);
        }
        boolean sameSign = format.isNegative(a) == format.isNegative(b);
        if (format.isInfinity(a)) {
            return format.isInfinity(b) && !sameSign ? env.invalid(format) : a;
        }
        if (format.isInfinity(b) || format.isZero(a) && !format.isZero(b)) {
            return b;
        }
        if (format.isZero(b)) {
            return format.isZero(a) && !sameSign ? exactZero(env, format) : a;
        }
        boolean swap = format.absolute(a) < format.absolute(b);
        return addOrdered(env, format, swap ? b : a, swap ? a : b, sameSign);
    }

    /** The sum of finite numbers other than zero, the one of larger magnitude first. */
    private static long addOrdered(FpEnvironment env, Format format, long a, long b, boolean sameSign) {
        boolean negative = format.isNegative(a);
        int exponent = format.exponent(a);
        long larger = format.significand(a);
        long smaller = Rounding.shiftRightSticky(format.significand(b), exponent - format.exponent(b));
        if (sameSign) {
            long sum = larger + smaller;
            return sum < 0
                    ? Rounding.round(env, format, negative, exponent + 1, Rounding.shiftRightSticky(sum, 1))
                    : Rounding.round(env, format, negative, exponent, sum);
        }
        long difference = larger - smaller;
        if (difference == 0) {
            return exactZero(env, format);
        }
        int shift = Long.numberOfLeadingZeros(difference) - 1;
        return Rounding.round(env, format, negative, exponent - shift, difference << shift);
    }

    /** The difference of equal numbers. */
    private static long exactZero(FpEnvironment env, Format format) {
        return format.zero(env.rounding() == RoundingMode.MINUS_INFINITY);
    }

    /** FPMul(). */
    public static long multiply(FpEnvironment env, Format format, long a, long b) {
        if (env.isHost()) {
            long result = format == Format.SINGLE
                    ? bits(Float.intBitsToFloat((int) a) * Float.intBitsToFloat((int) b))
                    : bits(Double.longBitsToDouble(a) * Double.longBitsToDouble(b));
            if (format.isWithinRange(result)) {
                return result;
            }
        }
        return multiplyExactly(env, format, env.operand(format, a), env.operand(format, b));
    }

    private static long multiplyExactly(FpEnvironment env, Format format, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return env.nan(format, a, b);
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        boolean infinite = format.isInfinity(a) || format.isInfinity(b);
        if (format.isZero(a) || format.isZero(b)) {
            return infinite ? env.invalid(format) : format.zero(negative);
        }
        if (infinite) {
            return format.infinity(negative);
        }
        Wide product = product(format, a, b);
        return Rounding.round(env, format, negative, product.exponent(), product.sticky());
    }

    private static Wide product(Format format, long a, long b) {
        return Wide.product(format.significand(a), format.significand(b), format.exponent(a) + format.exponent(b));
    }

    /** FPDiv(). */
    public static long divide(FpEnvironment env, Format format, long a, long b) {
        if (env.isHost()) {
            long result = format == Format.SINGLE
                    ? bits(Float.intBitsToFloat((int) a) / Float.intBitsToFloat((int) b))
                    : bits(Double.longBitsToDouble(a) / Double.longBitsToDouble(b));
            if (format.isWithinRange(result)) {
                return result;
            }
        }
        return divideExactly(env, format, env.operand(format, a), env.operand(format, b));
    }

    private static long divideExactly(FpEnvironment env, Format format, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return env.nan(format, a, b);
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        boolean invalid = format.isInfinity(a) ? format.isInfinity(b) : format.isZero(a) && format.isZero(b);
        if (invalid) {
            return env.invalid(format);
        }
        if (format.isInfinity(a)) {
            return format.infinity(negative);
        }
        if (format.isZero(b)) {
            env.raise(Fpscr.DZC);
            return format.infinity(negative);
        }
        if (format.isInfinity(b) || format.isZero(a)) {
            return format.zero(negative);
        }
        int exponent = format.exponent(a) - format.exponent(b);
        long dividend = format.significand(a);
        long divisor = format.significand(b);
        return dividend < divisor
                ? Rounding.round(env, format, negative, exponent - 1, quotient(dividend << 1, divisor))
                : Rounding.round(env, format, negative, exponent, quotient(dividend, divisor));
    }

    /** 63 bits of the quotient of two significands, of which the first is not below the second and below twice it. */
    private static long quotient(long dividend, long divisor) {
        long quotient = 1;
        long rest = dividend - divisor;
        for (int i = 0; i < Format.TOP; i++) {
            rest <<= 1;
            quotient <<= 1;
            if (Long.compareUnsigned(rest, divisor) >= 0) {
                rest -= divisor;
                quotient |= 1;
            }
        }
        return quotient | (rest == 0 ? 0 : 1);
    }

    /** FPSqrt(). */
    public static long squareRoot(FpEnvironment env, Format format, long operand) {
        long a = env.operand(format, operand);
        if (format.isNan(a)) {
            return env.nan(format, a);
        }
        if (format.isZero(a)) {
            return a;
        }
        if (format.isNegative(a)) {
            return env.invalid(format);
        }
        if (format.isInfinity(a)) {
            return a;
        }
        int exponent = format.exponent(a);
        boolean odd = (exponent & 1) != 0;
        long root = root(odd ? format.significand(a) << 1 : format.significand(a));
        return Rounding.round(env, format, false, exponent - (odd ? 1 : 0) >> 1, root);
    }

    /** The root of a significand with an even exponent, digit by digit. */
    private static long root(long significand) {
        long left = significand;
        long rest = 0;
        long root = 0;
        for (int i = 0; i < ROOT_BITS; i++) {
            rest = rest << 2 | left >>> 62;
            left <<= 2;
            long trial = root << 2 | 1;
            root <<= 1;
            if (rest >= trial) {
                rest -= trial;
                root |= 1;
            }
        }
        return root << Format.TOP + 1 - ROOT_BITS | (rest == 0 ? 0 : 1);
    }

    /** FPMulAdd(): {@code addend + a * b}, rounded once. */
    public static long multiplyAdd(FpEnvironment env, Format format, long addend, long a, long b) {
        long c = env.operand(format, addend);
        long n = env.operand(format, a);
        long m = env.operand(format, b);
        boolean infinite = format.isInfinity(n) || format.isInfinity(m);
        boolean zero = format.isZero(n) || format.isZero(m);
        if (format.isNan(c) || format.isNan(n) || format.isNan(m)) {
            boolean quiet = format.isNan(c) && !format.isSignalling(c);
            return quiet && infinite && zero ? env.invalid(format) : env.nan(format, c, n, m);
        }
        boolean negative = format.isNegative(n) != format.isNegative(m);
        boolean opposite = format.isNegative(c) != negative;
        if (infinite) {
            boolean invalid = zero || format.isInfinity(c) && opposite;
            return invalid ? env.invalid(format) : format.infinity(negative);
        }
        if (format.isInfinity(c)) {
            return c;
        }
        if (zero) {
            return format.isZero(c) && opposite ? exactZero(env, format) : c;
        }
        return addProduct(env, format, c, product(format, n, m), negative);
    }

    private static long addProduct(FpEnvironment env, Format format, long c, Wide product, boolean negative) {
        if (format.isZero(c)) {
            return Rounding.round(env, format, negative, product.exponent(), product.sticky());
        }
        Wide addend = new Wide(format.significand(c), format.exponent(c));
        boolean addendIsLess = addend.isBelow(product);
        Wide larger = addendIsLess ? product : addend;
        Wide smaller = addendIsLess ? addend : product;
        if (format.isNegative(c) == negative) {
            larger.add(smaller);
        } else {
            larger.subtract(smaller);
        }
        if (larger.isZero()) {
            return exactZero(env, format);
        }
        boolean sign = addendIsLess ? negative : format.isNegative(c);
        return Rounding.round(env, format, sign, larger.exponent(), larger.sticky());
    }

    private static long bits(float value) {
        return Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
