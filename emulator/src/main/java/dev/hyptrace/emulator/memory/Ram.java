package dev.hyptrace.emulator.memory;

/**
 * Random-access memory: little-endian bytes from a physical base address on.
 *
 * <p>What the usual board has lies on the Java heap, where access is fastest; more than that outside of it, so that the heap
 * need not be made for it, and the host gives only what the guest touches. A program that runs one machine has only one of
 * the two classes, and the compiler knows it.
 */
public abstract class Ram {
    private static final int LARGEST_ON_HEAP = 256 << 20;

    private final long base;
    private final int size;

    Ram(long base, int size) {
        this.base = base;
        this.size = size;
    }

    /**
     * Memory that holds zeros.
     *
     * @param base the physical address of the first byte
     * @param size the size in bytes, at most 2<sup>31</sup> - 4096
     * @throws java.io.UncheckedIOException when the host cannot give so much
     */
    public static Ram of(long base, int size) {
        return size <= LARGEST_ON_HEAP ? HeapRam.make(base, size) : MappedRam.make(base, size);
    }

    public final long base() {
        return base;
    }

    public final int size() {
        return size;
    }

    /** Whether the physical address lies in this RAM. */
    public final boolean contains(long address) {
        return Long.compareUnsigned(address - base, size) < 0;
    }

    /** Where a physical address that this RAM contains lies in it. */
    public final int offset(long address) {
        return (int) (address - base);
    }

    public abstract int byteAt(int offset);

    public abstract int halfwordAt(int offset);

    public abstract int wordAt(int offset);

    public abstract long doublewordAt(int offset);

    public abstract void setByte(int offset, int value);

    public abstract void setHalfword(int offset, int value);

    public abstract void setWord(int offset, int value);

    public abstract void setDoubleword(int offset, long value);

    abstract void put(int offset, byte[] source);

    abstract void get(int offset, byte[] target);

    /** Copies bytes into RAM at a physical address, all of which it must contain. */
    public final void write(long address, byte[] source) {
        if (!contains(address) || offset(address) + (long) source.length > size) {
            throw new IllegalArgumentException(String.format(
                    "%d bytes at 0x%08x do not fit into RAM at 0x%08x to 0x%08x",
                    source.length, address, base, base + size - 1));
        }
        put(offset(address), source);
    }

    /** A copy of bytes at a physical address, all of which RAM must contain. */
    public final byte[] read(long address, int length) {
        byte[] copy = new byte[length];
        get(offset(address), copy);
        return copy;
    }
}
