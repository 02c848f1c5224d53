package dev.hyptrace.emulator.floatingpoint;

/** Conversions between formats, and between floating point and integers or fixed point. */
public final class FpConversion {
    private FpConversion() {}

    /** FPToFixed(): to an integer, saturating. */
    public static long toFixed(FpEnvironment env, Format format, long bits, FixedFormat fixed, RoundingMode mode) {
        long a = env.operand(format, bits);
        if (format.isNan(a)) {
            env.raise(Fpscr.IOC);
            return 0;
        }
        boolean negative = format.isNegative(a);
        if (format.isZero(a)) {
            return 0;
        }
        int exponent = format.isInfinity(a) ? Format.TOP : format.exponent(a) + fixed.fractionBits();
        if (exponent > fixed.width()) {
            env.raise(Fpscr.IOC);
            return fixed.limit(negative);
        }
        int lowBits = Math.min(Format.TOP - exponent, Format.TOP);
        long magnitude = Rounding.shiftRightSticky(format.significand(a), Math.max(-exponent, 0));
        long rounded = mode.shifted(negative, magnitude, lowBits);
        long value = negative ? -rounded : rounded;
        if (!fixed.holds(value)) {
            env.raise(Fpscr.IOC);
            return fixed.limit(negative);
        }
        if ((magnitude & (1L << lowBits) - 1) != 0) {
            env.raise(Fpscr.IXC);
        }
        return value;
    }

    /** FixedToFP(): from an integer, which is sign- or zero-extended. */
    public static long fromFixed(FpEnvironment env, Format format, long value, int fractionBits, RoundingMode mode) {
        if (value == 0) {
            return format.zero(false);
        }
        long magnitude = Math.abs(value);
        int zeros = Long.numberOfLeadingZeros(magnitude);
        return Rounding.round(env, format, mode, value < 0, 63 - zeros - fractionBits, magnitude << zeros - 1);
    }

    /** FPDoubleToSingle() and FPSingleToDouble(). */
    public static long convert(FpEnvironment env, Format from, Format to, long bits) {
        return convertOperand(env, from, to, env.operand(from, bits));
    }

    /** FPSingleToHalf(): to the format that FPSCR.AHP selects. */
    public static long toHalf(FpEnvironment env, long bits) {
        Format half = env.half();
        long a = env.operand(Format.SINGLE, bits);
        boolean negative = Format.SINGLE.isNegative(a);
        if (half == Format.ALTERNATIVE_HALF && Format.SINGLE.isNan(a)) {
            env.raise(Fpscr.IOC);
            return half.zero(negative);
        }
        if (half == Format.ALTERNATIVE_HALF && Format.SINGLE.isInfinity(a)) {
            env.raise(Fpscr.IOC);
            return half.largest(negative);
        }
        return convertOperand(env, Format.SINGLE, half, a);
    }

    /** FPHalfToSingle(). Denormals of half precision are never flushed. */
    public static long fromHalf(FpEnvironment env, long bits) {
        return convertOperand(env, env.half(), Format.SINGLE, bits);
    }

    private static long convertOperand(FpEnvironment env, Format from, Format to, long a) {
        boolean negative = from.isNegative(a);
        if (from.isZero(a)) {
            return to.zero(negative);
        }
        if (from.isInfinity(a)) {
            return to.infinity(negative);
        }
        if (from.isNan(a)) {
            int shift = to.fractionBits() - from.fractionBits();
            long fraction = shift > 0 ? from.fraction(a) << shift : from.fraction(a) >>> -shift;
            // The NaN is quieted before its payload is cut: what is left of it is never an infinity.
            if (from.isSignalling(a)) {
                env.raise(Fpscr.IOC);
            }
            return env.nan(to, to.infinity(negative) | fraction | to.quietBit());
        }
        return Rounding.round(env, to, negative, from.exponent(a), from.significand(a));
    }
}
