package dev.hyptrace.traces.container;

/** Differences between values of a register, in the number of bits that it has. */
final class Deltas {
    private static final long WORD = 0xffff_ffffL;

    private Deltas() {}

    /** The signed number that brings one value to the other: {@link #apply} undoes it. */
    static long between(long from, long to, long mask) {
        return mask == WORD ? (int) (to - from) : to - from;
    }

    static long apply(long from, long difference, long mask) {
        return from + difference & mask;
    }
}
