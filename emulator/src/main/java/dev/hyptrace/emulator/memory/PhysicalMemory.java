package dev.hyptrace.emulator.memory;

import java.util.Map;
import java.util.TreeMap;

/** The physical address space: RAM, and devices at their places. */
public final class PhysicalMemory {
    private final Ram ram;
    private final TreeMap<Long, Mapping> devices = new TreeMap<>();

    public PhysicalMemory(Ram ram) {
        this.ram = ram;
    }

    public Ram ram() {
        return ram;
    }

    /**
     * Puts a device into the address space.
     *
     * @throws IllegalArgumentException when the place is taken
     */
    public void map(long base, long size, Device device) {
        Map.Entry<Long, Mapping> before = devices.floorEntry(base + size - 1);
        if (before != null && before.getKey() + before.getValue().size > base) {
            throw new IllegalArgumentException(
                    String.format("0x%08x to 0x%08x is taken by another device", base, base + size - 1));
        }
        devices.put(base, new Mapping(base, size, device));
    }

    /** What lies at a physical address besides RAM; null when nothing does. */
    public Mapping device(long address) {
        Map.Entry<Long, Mapping> entry = devices.floorEntry(address);
        return entry != null && address - entry.getKey() < entry.getValue().size ? entry.getValue() : null;
    }

    /** A device and its place. */
    public record Mapping(long base, long size, Device device) {
        /** Reads at a physical address within this mapping. The bus has 32 bits: a doubleword takes two accesses. */
        public long read(long address, int size) {
            int offset = (int) (address - base);
            return size == 8
                    ? device.read(offset, 4) & 0xffff_ffffL | device.read(offset + 4, 4) << 32
                    : device.read(offset, size);
        }

        /** Writes at a physical address within this mapping. */
        public void write(long address, int size, long value) {
            int offset = (int) (address - base);
            if (size == 8) {
                device.write(offset, 4, value & 0xffff_ffffL);
                device.write(offset + 4, 4, value >>> 32);
            } else {
                device.write(offset, size, value);
            }
        }
    }
}
