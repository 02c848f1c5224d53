package dev.hyptrace.traces.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A column that grows at its end. */
final class ColumnWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long CONTINUED = 0x80_8080_8080L;

    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    /** The bytes, after which it is empty. */
    byte[] drain() {
        byte[] drained = Arrays.copyOf(bytes, size);
        size = 0;
        return drained;
    }

    void u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** An unsigned number in groups of seven bits, the lowest first; every byte but the last has bit 7 set. */
    void varint(long value) {
        reserve(10);
        byte[] target = bytes;
        int end = size;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[end++] = (byte) rest;
        size = end;
    }

    /** A signed number as a varint: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. */
    void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** As {@link #zigzag(long)}, without a branch on how long it is: the lengths of what is written so are hard to predict. */
    void zigzag(int value) {
        reserve(Long.BYTES);
        long bits = Integer.toUnsignedLong(value << 1 ^ value >> 31);
        long groups = bits & 0x7f
                | (bits & 0x7f << 7) << 1
                | (bits & 0x7f << 14) << 2
                | (bits & 0x7f << 21) << 3
                | (bits >>> 28) << 32;
        int more = (63 - Long.numberOfLeadingZeros(bits | 1)) / 7;
        LONG.set(bytes, size, groups | CONTINUED & (1L << more * 8) - 1);
        size += more + 1;
    }

    void bytes(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
