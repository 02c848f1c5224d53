package dev.hyptrace.traces.container;

import java.util.Arrays;

/** Reads a column from its beginning. */
final class ColumnReader {
    static final ColumnReader EMPTY = new ColumnReader(new byte[0]);

    private final byte[] bytes;
    private int position;

    ColumnReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    int u8() throws CorruptChunkException {
        if (position == bytes.length) {
            throw new CorruptChunkException("a column ends too early");
        }
        return bytes[position++] & 0xff;
    }

    /** See {@link ColumnWriter#varint}. */
    long varint() throws CorruptChunkException {
        if (position < bytes.length && bytes[position] >= 0) {
            return bytes[position++]; // Most numbers have one byte.
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int group = u8();
            value |= (long) (group & 0x7f) << shift;
            if (group < 0x80) {
                return value;
            }
        }
        throw new CorruptChunkException("a number has more than ten bytes");
    }

    /** A varint that must be below the limit. */
    int varint(int limit, String what) throws CorruptChunkException {
        long value = varint();
        if (value < 0 || value >= limit) {
            throw new CorruptChunkException(
                    what + " is " + Long.toUnsignedString(value) + ", expected less than " + limit);
        }
        return (int) value;
    }

    /** See {@link ColumnWriter#zigzag}. */
    long zigzag() throws CorruptChunkException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    byte[] bytes(int count) throws CorruptChunkException {
        if (bytes.length - position < count) {
            throw new CorruptChunkException("a column ends too early");
        }
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }
}
