package dev.hyptrace.emulator.gic;

import java.util.Arrays;

/** A set of interrupt IDs: a bit for each. */
final class InterruptSet {
    private final long[] words;

    /**
     * @param size the IDs are 0 to size - 1
     */
    InterruptSet(int size) {
        words = new long[size + 63 >>> 6];
    }

    boolean contains(int id) {
        return (words[id >>> 6] >>> id & 1) != 0;
    }

    void add(int id) {
        words[id >>> 6] |= 1L << id;
    }

    void remove(int id) {
        words[id >>> 6] &= ~(1L << id);
    }

    void set(int id, boolean member) {
        if (member) {
            add(id);
        } else {
            remove(id);
        }
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    /** IDs {@code 64 * index} on, the lowest in bit 0. */
    long word(int index) {
        return words[index];
    }

    int wordCount() {
        return words.length;
    }
}
