package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.MemoryAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The lines of memory accesses in their dialects. What cannot be read adds nothing. */
final class MemoryLines {
    private static final byte[] ABORTED = "(ABORTED)".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXCLUSIVE = "X ".getBytes(StandardCharsets.US_ASCII);
    private static final int QUADWORD = 16;

    private final RegisterValue data = new RegisterValue();
    private final Window window = new Window();
    private final List<MemoryAccess> read = new ArrayList<>();
    private int column = -1;
    private boolean write;

    /** The accesses of the line read last. */
    List<MemoryAccess> accesses() {
        return read;
    }

    /** The line is none of a window, so that none continues it. */
    void endWindow() {
        column = -1;
    }

    /** Whether a line whose first word stands so far from its start continues a window. */
    boolean continuesAt(int indent) {
        return column >= 0 && indent == column;
    }

    /** {@code MR4 ...}, {@code MW1 ...}, {@code MNW4___D ...}; the cursor stands behind the M. */
    boolean model(Cursor cursor) {
        read.clear();
        boolean inMemoryOrder = cursor.skip('N');
        write = cursor.peek() == 'W';
        if (!cursor.skip('W') && !cursor.skip('R') || !cursor.decimal()) {
            return false;
        }
        int size = (int) Math.min(cursor.value, Integer.MAX_VALUE);
        int end = cursor.wordEnd();
        boolean fetch = end > cursor.at && cursor.line[end - 1] == 'I';
        cursor.at = end;
        return fetch || access(cursor, size, inMemoryOrder);
    }

    /** {@code R08 ...} and {@code W04 X ...}; the cursor stands behind the letter. */
    boolean counted(Cursor cursor, boolean isWrite) {
        read.clear();
        write = isWrite;
        if (!cursor.decimal() || !cursor.skip(' ')) {
            return false;
        }
        int size = (int) Math.min(cursor.value, Integer.MAX_VALUE);
        cursor.skipSpaces();
        cursor.skip(EXCLUSIVE);
        return access(cursor, size, false);
    }

    /** {@code LD ...} and {@code ST ...}; the cursor stands behind the word, or before the address of a continuation. */
    boolean window(Cursor cursor, int lineStart) {
        read.clear();
        cursor.skipSpaces();
        int indent = cursor.at - lineStart;
        if (!cursor.address()) {
            return false;
        }
        int base = (int) cursor.value & -QUADWORD;
        if (!window.read(cursor)) {
            return false;
        }
        column = indent;
        window.addTo(read, write, base);
        return true;
    }

    MemoryLines direction(boolean isWrite) {
        write = isWrite;
        return this;
    }

    private boolean access(Cursor cursor, int size, boolean inMemoryOrder) {
        cursor.skipSpaces();
        if (size > QUADWORD || Integer.bitCount(size) != 1 || !cursor.address()) {
            return false;
        }
        int address = (int) cursor.value;
        cursor.skipSpaces();
        if (cursor.skip(ABORTED)) {
            add(address, size, false);
            return true;
        }
        if (!data.read(cursor, 2 * size) || data.digits != 2 * size) {
            return false;
        }
        if (inMemoryOrder && size <= 8) {
            data.low = Long.reverseBytes(data.low) >>> 64 - 8 * size;
        }
        add(address, size, true);
        return true;
    }

    private void add(int address, int size, boolean withData) {
        int part = Math.min(size, 8);
        read.add(new MemoryAccess(write, address, part, value(withData && data.lowUnknown == 0, data.low)));
        if (size > part) {
            read.add(
                    new MemoryAccess(write, address + part, part, value(withData && data.highUnknown == 0, data.high)));
        }
    }

    private static OptionalLong value(boolean known, long number) {
        return known ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
