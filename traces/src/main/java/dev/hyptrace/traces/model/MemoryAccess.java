package dev.hyptrace.traces.model;

import java.util.OptionalLong;

/**
 * One data access of an instruction.
 *
 * @param write whether it is a store
 * @param address the virtual address
 * @param size 1, 2, 4 or 8 bytes
 * @param data the bytes as a little-endian number where the source recorded them
 */
public record MemoryAccess(boolean write, int address, int size, OptionalLong data) {
    public MemoryAccess {
        if (size != 1 && size != 2 && size != 4 && size != 8) {
            throw new IllegalArgumentException("an access of " + size + " bytes, expected 1, 2, 4 or 8");
        }
    }
}
