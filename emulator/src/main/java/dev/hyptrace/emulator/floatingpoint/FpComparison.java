package dev.hyptrace.emulator.floatingpoint;

/** FPCompare(), FPMax() and FPMin(). */
public final class FpComparison {
    private static final int LESS = -1;
    private static final int EQUAL = 0;
    private static final int GREATER = 1;
    private static final int UNORDERED = 2;

    private FpComparison() {}

    /**
     * N, Z, C and V of a comparison, in bits [31:28].
     *
     * @param signalsQuiet whether a quiet NaN is an invalid operation too
     */
    public static int flags(FpEnvironment env, Format format, long a, long b, boolean signalsQuiet) {
        return switch (compare(env, format, a, b, signalsQuiet)) {
            case LESS -> 0x8000_0000;
            case EQUAL -> 0x6000_0000;
            case GREATER -> 0x2000_0000;
            default -> 0x3000_0000;
        };
    }

    /** FPCompareEQ(). */
    public static boolean isEqual(FpEnvironment env, Format format, long a, long b) {
        return compare(env, format, a, b, false) == EQUAL;
    }

    /** FPCompareGE(). */
    public static boolean isGreaterOrEqual(FpEnvironment env, Format format, long a, long b) {
        int order = compare(env, format, a, b, true);
        return order == EQUAL || order == GREATER;
    }

    /** FPCompareGT(). */
    public static boolean isGreater(FpEnvironment env, Format format, long a, long b) {
        return compare(env, format, a, b, true) == GREATER;
    }

    private static int compare(FpEnvironment env, Format format, long x, long y, boolean signalsQuiet) {
        long a = env.operand(format, x);
        long b = env.operand(format, y);
        if (format.isNan(a) || format.isNan(b)) {
            if (signalsQuiet || format.isSignalling(a) || format.isSignalling(b)) {
                env.raise(Fpscr.IOC);
            }
            return UNORDERED;
        }
        return Long.compare(ordered(format, a), ordered(format, b));
    }

    /** An integer that orders as the number does. Both zeros are 0. */
    private static long ordered(Format format, long bits) {
        return format.isNegative(bits) ? -format.absolute(bits) : bits;
    }

    /** FPMax(). */
    public static long max(FpEnvironment env, Format format, long x, long y) {
        return extreme(env, format, x, y, false);
    }

    /** FPMin(). */
    public static long min(FpEnvironment env, Format format, long x, long y) {
        return extreme(env, format, x, y, true);
    }

    private static long extreme(FpEnvironment env, Format format, long x, long y, boolean least) {
        long a = env.operand(format, x);
        long b = env.operand(format, y);
        if (format.isNan(a) || format.isNan(b)) {
            return env.nan(format, a, b);
        }
        if (format.isZero(a) && format.isZero(b)) {
            return least ? a | b : a & b;
        }
        boolean first = ordered(format, a) < ordered(format, b) == least;
        return first ? a : b;
    }
}
