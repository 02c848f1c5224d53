package dev.hyptrace.emulator.floatingpoint;

/** FPRound(): from an exact result, or one with a sticky lowest bit, to a value of a format. */
final class Rounding {
    private Rounding() {}

    /** Shifts right; the lowest bit of the result is set if any bit was lost. */
    static long shiftRightSticky(long value, int amount) {
        if (amount == 0) {
            return value;
        }
        if (amount > 63) {
            return value == 0 ? 0 : 1;
        }
        return value >>> amount | (value << 64 - amount == 0 ? 0 : 1);
    }

    /** Rounds as the environment says. */
    static long round(FpEnvironment env, Format format, boolean negative, int exponent, long significand) {
        return round(env, format, env.rounding(), negative, exponent, significand);
    }

    /**
     * Rounds, noting Overflow, Underflow and Inexact. Whether a number is tiny is decided before rounding.
     *
     * @param exponent of the highest bit, which is bit {@value Format#TOP}
     * @param significand the magnitude; its lowest bit may stand for any lower ones
     */
    static long round(
            FpEnvironment env, Format format, RoundingMode mode, boolean negative, int exponent, long significand) {
        int biased = exponent + format.bias();
        boolean tiny = biased <= 0;
        if (tiny && env.flushesToZero() && format.width() > 16) {
            env.raise(Fpscr.UFC);
            return format.zero(negative);
        }
        long magnitude = tiny ? shiftRightSticky(significand, 1 - biased) : significand;
        int lowBits = Format.TOP - format.fractionBits();
        long rounded = mode.shifted(negative, magnitude, lowBits);
        // The implicit bit of a normal number adds one to its exponent, and so does a carry.
        long bits = rounded + ((long) (tiny ? 0 : biased - 1) << format.fractionBits());
        if (bits >>> format.fractionBits() >= format.endExponent()) {
            return overflow(env, format, mode, negative);
        }
        if ((magnitude & (1L << lowBits) - 1) != 0) {
            env.raise(tiny ? Fpscr.IXC | Fpscr.UFC : Fpscr.IXC);
        }
        return format.zero(negative) | bits;
    }

    private static long overflow(FpEnvironment env, Format format, RoundingMode mode, boolean negative) {
        if (format == Format.ALTERNATIVE_HALF) {
            env.raise(Fpscr.IOC);
            return format.largest(negative);
        }
        env.raise(Fpscr.OFC | Fpscr.IXC);
        return mode.overflowsToInfinity(negative) ? format.infinity(negative) : format.largest(negative);
    }
}
