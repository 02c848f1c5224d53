package dev.hyptrace.traces.container;

import java.util.Arrays;

/** The values that a register was recorded with in a chunk: where they changed, and to what. */
final class RegisterChanges {
    private int[] events = new int[8];
    private long[] values = new long[8];
    private int count;

    void add(int event, long value) {
        if (count == events.length) {
            events = Arrays.copyOf(events, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        events[count] = event;
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** The place in the chunk of the i-th event that has another value than before. */
    int event(int i) {
        return events[i];
    }

    long value(int i) {
        return values[i];
    }

    /** The last change at or before an event; -1 when there is none. */
    int lastUpTo(int event) {
        int place = Arrays.binarySearch(events, 0, count, event);
        return place >= 0 ? place : -place - 2;
    }
}
