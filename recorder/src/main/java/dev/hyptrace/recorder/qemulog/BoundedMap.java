package dev.hyptrace.recorder.qemulog;

import java.util.function.IntFunction;

/**
 * A map from numbers to values that never takes more than a fixed amount of memory, nor more than a fixed number of looks to
 * find something: when a key's neighbourhood is full, the value that stood at its head is forgotten.
 */
final class BoundedMap<V> {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int NEIGHBOURHOOD = 16;
    private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;

    private final IntFunction<V[]> allocate;
    private final int maxCapacity;
    private long[] keys;
    private V[] values;
    private int size;
    private long forgotten;

    /**
     * @param maxCapacity how many places there are at most, a power of two
     * @param allocate makes an array of values
     */
    BoundedMap(int maxCapacity, IntFunction<V[]> allocate) {
        this.allocate = allocate;
        this.maxCapacity = maxCapacity;
        keys = new long[Math.min(FIRST_CAPACITY, maxCapacity)];
        values = allocate.apply(keys.length);
    }

    /** The value of the key; null when there is none, or it was forgotten. */
    V get(long key) {
        int mask = keys.length - 1;
        int home = home(key);
        for (int i = 0; i < NEIGHBOURHOOD; i++) {
            int place = home + i & mask;
            if (keys[place] == key && values[place] != null) {
                return values[place];
            }
        }
        return null;
    }

    void put(long key, V value) {
        if (size > keys.length / 2 && keys.length < maxCapacity) {
            grow();
        }
        insert(key, value);
    }

    /** How many values had to make room for others. */
    long forgotten() {
        return forgotten;
    }

    private void insert(long key, V value) {
        int place = place(key);
        if (values[place] == null) {
            size++;
        } else if (keys[place] != key) {
            forgotten++;
        }
        keys[place] = key;
        values[place] = value;
    }

    /** Where the key is; else the first free place of its neighbourhood; else the head of that. */
    private int place(long key) {
        int mask = keys.length - 1;
        int home = home(key);
        int free = -1;
        for (int i = NEIGHBOURHOOD - 1; i >= 0; i--) {
            int place = home + i & mask;
            if (values[place] == null) {
                free = place;
            } else if (keys[place] == key) {
                return place;
            }
        }
        return free < 0 ? home : free;
    }

    private void grow() {
        long[] oldKeys = keys;
        V[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = allocate.apply(keys.length);
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }

    private int home(long key) {
        return (int) (key * GOLDEN_RATIO >>> 64 - Integer.numberOfTrailingZeros(keys.length));
    }
}
