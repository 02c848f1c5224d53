package dev.hyptrace.recorder.qemulog;

/**
 * Whether a block of which the log gives no code can have run further than its first instruction: not in a log that was
 * single-stepped. Trace lines of later versions say that; without them, so many blocks in a row that are no further apart than
 * one instruction show it.
 */
final class Stepping {
    /** More than there are in a row of instructions that end a block, such as writes to system registers. */
    private static final int STRAIGHT = 16;

    private int previous;
    private int straight;

    /**
     * The next block of the processor.
     *
     * @param count as {@link TraceLine#count}
     */
    boolean mayRunOn(int address, int count) {
        if (straight < STRAIGHT) {
            boolean isNext = address == previous + 2 || address == previous + 4;
            straight = isNext ? straight + 1 : 0;
        }
        previous = address;
        return count == TraceLine.NOT_SAID ? straight < STRAIGHT : count != 1;
    }
}
