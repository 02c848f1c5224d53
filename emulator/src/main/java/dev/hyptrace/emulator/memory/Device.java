package dev.hyptrace.emulator.memory;

/** A memory-mapped device. */
public interface Device {
    /**
     * Reads registers.
     *
     * @param offset the offset from the device's base address in bytes
     * @param size 1, 2 or 4
     * @return the value, zero-extended, little-endian
     */
    long read(int offset, int size);

    /** Writes the low {@code size} bytes of a value; parameters as in {@link #read}. */
    void write(int offset, int size, long value);
}
