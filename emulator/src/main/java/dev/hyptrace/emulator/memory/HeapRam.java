package dev.hyptrace.emulator.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** RAM on the Java heap. */
final class HeapRam extends Ram {
    private static final VarHandle HALFWORD =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLEWORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;

    private HeapRam(long base, int size) {
        super(base, size);
        bytes = new byte[size];
    }

    /** Declared to make RAM: who calls this need not know the class, nor have it loaded before. */
    static Ram make(long base, int size) {
        return new HeapRam(base, size);
    }

    @Override
    public int byteAt(int offset) {
        return bytes[offset] & 0xff;
    }

    @Override
    public int halfwordAt(int offset) {
        return (short) HALFWORD.get(bytes, offset) & 0xffff;
    }

    @Override
    public int wordAt(int offset) {
        return (int) WORD.get(bytes, offset);
    }

    @Override
    public long doublewordAt(int offset) {
        return (long) DOUBLEWORD.get(bytes, offset);
    }

    @Override
    public void setByte(int offset, int value) {
        bytes[offset] = (byte) value;
    }

    @Override
    public void setHalfword(int offset, int value) {
        HALFWORD.set(bytes, offset, (short) value);
    }

    @Override
    public void setWord(int offset, int value) {
        WORD.set(bytes, offset, value);
    }

    @Override
    public void setDoubleword(int offset, long value) {
        DOUBLEWORD.set(bytes, offset, value);
    }

    @Override
    void put(int offset, byte[] source) {
        System.arraycopy(source, 0, bytes, offset, source.length);
    }

    @Override
    void get(int offset, byte[] target) {
        System.arraycopy(bytes, offset, target, 0, target.length);
    }
}
