package dev.hyptrace.emulator.floatingpoint;

/** The rounding modes in the order of FPSCR.RMode. */
public enum RoundingMode {
    NEAREST,
    PLUS_INFINITY,
    MINUS_INFINITY,
    ZERO;

    private static final RoundingMode[] BY_FIELD = values();

    /** The mode that bits [23:22] of an FPSCR value select. */
    public static RoundingMode of(int fpscr) {
        return BY_FIELD[fpscr >>> Fpscr.RMODE & 3];
    }

    /**
     * What to add to a magnitude before its low bits are cut off; a tie of {@link #NEAREST} is the caller's.
     *
     * @param mask the low bits
     */
    long increment(boolean negative, long mask) {
        return switch (this) {
            case NEAREST -> (mask >>> 1) + 1;
            case PLUS_INFINITY -> negative ? 0 : mask;
            case MINUS_INFINITY -> negative ? mask : 0;
            case ZERO -> 0;
        };
    }

    /** A magnitude without its low bits, rounded; at most bit 62 of it may be set. */
    long shifted(boolean negative, long magnitude, int lowBits) {
        long mask = (1L << lowBits) - 1;
        long rounded = magnitude + increment(negative, mask) >>> lowBits;
        boolean tie = this == NEAREST && (magnitude & mask) == (mask >>> 1) + 1;
        return tie ? rounded & ~1L : rounded;
    }

    /** Whether what is too large becomes infinity, and not the largest number. */
    boolean overflowsToInfinity(boolean negative) {
        return switch (this) {
            case NEAREST -> true;
            case PLUS_INFINITY -> !negative;
            case MINUS_INFINITY -> negative;
            case ZERO -> false;
        };
    }
}
