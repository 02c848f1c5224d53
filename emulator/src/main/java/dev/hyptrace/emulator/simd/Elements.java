package dev.hyptrace.emulator.simd;

/**
 * Elements of a vector, or a scalar taken for a vector: where they are and how they are extended.
 *
 * @param register the D register with the first element
 * @param size bits per element: 8, 16, 32 or 64
 * @param unsigned whether they are zero-extended
 * @param first the number of the first element, counted from the lowest of the register
 * @param step how far from one to the next: 1, 0 for a scalar, 2 for every other element
 */
public record Elements(int register, int size, boolean unsigned, int first, int step) {
    /** All elements from the beginning of a register. */
    public Elements(int register, int size, boolean unsigned) {
        this(register, size, unsigned, 0, 1);
    }

    /** The value of element {@code e}, extended. */
    public long get(long[] d, int e) {
        int bit = (first + e * step) * size;
        long value = d[register + (bit >> 6)] >>> (bit & 63);
        int unused = 64 - size;
        return unsigned ? value << unused >>> unused : value << unused >> unused;
    }

    /** Puts the low bits of a value where element {@code e} is. */
    public void set(long[] d, int e, long value) {
        int bit = (first + e * step) * size;
        int shift = bit & 63;
        long mask = -1L >>> 64 - size << shift;
        int index = register + (bit >> 6);
        d[index] = d[index] & ~mask | value << shift & mask;
    }
}
