package dev.hyptrace.emulator.floatingpoint;

/**
 * A fixed-point format.
 *
 * @param width how many bits there are, at most 32
 * @param unsigned whether there is no sign
 * @param fractionBits how many of the bits are behind the point; 0 for integers
 */
public record FixedFormat(int width, boolean unsigned, int fractionBits) {
    /** Whether the format has the value. */
    boolean holds(long value) {
        return value >= limit(true) && value <= limit(false);
    }

    /** The least or the greatest value. */
    long limit(boolean least) {
        if (unsigned) {
            return least ? 0 : (1L << width) - 1;
        }
        return least ? -1L << width - 1 : (1L << width - 1) - 1;
    }
}
