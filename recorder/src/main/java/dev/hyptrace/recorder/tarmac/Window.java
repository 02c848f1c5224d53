package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.MemoryAccess;
import java.util.List;
import java.util.OptionalLong;

/** The sixteen bytes of an {@code LD} or {@code ST} line, the highest first. */
final class Window {
    private static final int BYTES = 16;
    private static final int WORDS = 4;
    private static final int DIGITS = 8;

    private enum Use {
        NONE,
        KNOWN,
        UNKNOWN
    }

    private final Use[] use = new Use[BYTES];
    private final int[] bytes = new int[BYTES];

    /** Reads four groups of eight characters; false when something else is there. */
    boolean read(Cursor cursor) {
        for (int word = 0; word < WORDS; word++) {
            cursor.skipSpaces();
            if (cursor.wordEnd() - cursor.at != DIGITS) {
                return false;
            }
            for (int pair = 0; pair < WORDS; pair++) {
                if (!pair(cursor.peek(), cursor.peek(1), BYTES - 1 - word * WORDS - pair)) {
                    return false;
                }
                cursor.at += 2;
            }
        }
        return true;
    }

    private boolean pair(int first, int second, int index) {
        if (first == '.' && second == '.') {
            use[index] = Use.NONE;
            return true;
        }
        int high = Cursor.digit(first);
        int low = Cursor.digit(second);
        use[index] = (high | low) < 0 ? Use.UNKNOWN : Use.KNOWN;
        bytes[index] = high << 4 | low;
        return (high | low) >= 0 || isUnknown(first) && isUnknown(second);
    }

    private static boolean isUnknown(int character) {
        return character == '#' || character == '-' || character == 'x' || character == 'X';
    }

    /** Adds the accesses: a run of one, two or four bytes is one, a longer one is split where its parts are aligned. */
    void addTo(List<MemoryAccess> accesses, boolean write, int base) {
        int start = 0;
        while (start < BYTES) {
            int end = start + 1;
            while (end < BYTES && use[end] == use[start]) {
                end++;
            }
            if (use[start] != Use.NONE) {
                run(accesses, write, base, start, end);
            }
            start = end;
        }
    }

    private void run(List<MemoryAccess> accesses, boolean write, int base, int start, int end) {
        int at = start;
        while (at < end) {
            int size = size(at, end - at, at == start);
            OptionalLong data = use[at] == Use.KNOWN ? OptionalLong.of(number(at, size)) : OptionalLong.empty();
            accesses.add(new MemoryAccess(write, base + at, size, data));
            at += size;
        }
    }

    private static int size(int at, int left, boolean whole) {
        if (whole && (left == 1 || left == 2 || left == 4)) {
            return left;
        }
        return at % 4 == 0 && left >= 4 ? 4 : at % 2 == 0 && left >= 2 ? 2 : 1;
    }

    private long number(int at, int size) {
        long number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = number << 8 | bytes[at + i];
        }
        return number;
    }
}
