package dev.hyptrace.traces.model;

/**
 * "Addresses from {@code from} on lie at {@code to} on in the other recording, for {@code size} bytes".
 *
 * @param from the first address on this side
 * @param to the address that corresponds to it
 * @param size the length in bytes, above 0 and at most 2<sup>32</sup>
 */
public record AddressMap(int from, int to, long size) {
    public AddressMap {
        if (size <= 0 || size > 1L << 32) {
            throw new IllegalArgumentException("an address map of " + size + " bytes, expected 1 to 4294967296");
        }
    }

    /** Whether the address lies in this map's range. */
    public boolean covers(int address) {
        return Integer.toUnsignedLong(address - from) < size;
    }

    /** The address on the other side. */
    public int map(int address) {
        return address - from + to;
    }

    @Override
    public String toString() {
        return String.format("%s=%s+0x%08x", Hex.word(from), Hex.word(to), size);
    }
}
