package dev.hyptrace.emulator.mmu;

import java.util.Arrays;

/** The descriptors that a translation table walk read, in its order: to be read again as they were. */
final class WalkRecord {
    /** Three levels of stage 1, each with three of stage 2 before it, and three for the output address. */
    private static final int LONGEST = 12;

    private long[] descriptors = new long[LONGEST];
    private int count;
    private int next;

    /** Reads from the beginning again. */
    void rewind() {
        next = 0;
    }

    boolean hasNext() {
        return next < count;
    }

    /** The next descriptor, as it was read. */
    long next() {
        return descriptors[next++];
    }

    /** Appends a descriptor that has been read from memory. */
    void add(long descriptor) {
        if (count == descriptors.length) {
            descriptors = Arrays.copyOf(descriptors, 2 * count);
        }
        descriptors[count++] = descriptor;
        next = count;
    }
}
