package dev.hyptrace.emulator.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * RAM outside of the Java heap: a private mapping of an empty file that has no name any more. Pages that were never touched
 * take no memory, and nothing is ever written to the file.
 */
final class MappedRam extends Ram {
    private static final VarHandle HALFWORD =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLEWORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer bytes;

    private MappedRam(long base, int size, ByteBuffer bytes) {
        super(base, size);
        this.bytes = bytes;
    }

    /** Declared to make RAM: who calls this need not know the class, nor have it loaded before. */
    static Ram make(long base, int size) {
        try {
            return new MappedRam(base, size, map(size));
        } catch (IOException | OutOfMemoryError e) {
            throw new UncheckedIOException(new IOException(
                    (size >>> 20) + " MiB of RAM cannot be had from this machine (" + e.getMessage() + ")", e));
        }
    }

    private static ByteBuffer map(int size) throws IOException {
        Path file = Files.createTempFile("hyptrace", ".ram");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(MapMode.PRIVATE, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Override
    public int byteAt(int offset) {
        return bytes.get(offset) & 0xff;
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
        bytes.put(offset, (byte) value);
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
        bytes.put(offset, source);
    }

    @Override
    void get(int offset, byte[] target) {
        bytes.get(offset, target);
    }
}
