package dev.hyptrace.emulator.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Random-access memory: little-endian bytes from a physical base address on. */
public final class Ram {
    private static final VarHandle HALFWORD =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLEWORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long base;
    private final byte[] bytes;

    /**
     * @param base the physical address of the first byte
     * @param size the size in bytes, at most 2<sup>31</sup> - 4096
     */
    public Ram(long base, int size) {
        this.base = base;
        this.bytes = new byte[size];
    }

    public long base() {
        return base;
    }

    public int size() {
        return bytes.length;
    }

    /** Whether the physical address lies in this RAM. */
    public boolean contains(long address) {
        return Long.compareUnsigned(address - base, bytes.length) < 0;
    }

    /** Where a physical address that this RAM contains lies in it. */
    public int offset(long address) {
        return (int) (address - base);
    }

    public int byteAt(int offset) {
        return bytes[offset] & 0xff;
    }

    public int halfwordAt(int offset) {
        return (short) HALFWORD.get(bytes, offset) & 0xffff;
    }

    public int wordAt(int offset) {
        return (int) WORD.get(bytes, offset);
    }

    public long doublewordAt(int offset) {
        return (long) DOUBLEWORD.get(bytes, offset);
    }

    public void setByte(int offset, int value) {
        bytes[offset] = (byte) value;
    }

    public void setHalfword(int offset, int value) {
        HALFWORD.set(bytes, offset, (short) value);
    }

    public void setWord(int offset, int value) {
        WORD.set(bytes, offset, value);
    }

    public void setDoubleword(int offset, long value) {
        DOUBLEWORD.set(bytes, offset, value);
    }

    /** Copies bytes into RAM at a physical address, all of which it must contain. */
    public void write(long address, byte[] source) {
        if (!contains(address) || offset(address) + (long) source.length > bytes.length) {
            throw new IllegalArgumentException(String.format(
                    "%d bytes at 0x%08x do not fit into RAM at 0x%08x to 0x%08x",
                    source.length, address, base, base + bytes.length - 1));
        }
        System.arraycopy(source, 0, bytes, offset(address), source.length);
    }

    /** A copy of bytes at a physical address, all of which RAM must contain. */
    public byte[] read(long address, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset(address), copy, 0, length);
        return copy;
    }
}
