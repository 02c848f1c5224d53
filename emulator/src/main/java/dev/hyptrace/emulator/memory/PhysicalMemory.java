package dev.hyptrace.emulator.memory;

import java.util.Map;
import java.util.TreeMap;

/**
 * The physical address space: RAM, and devices at their places. With the Security Extensions there are two, and {@link
 * #SECURE} is one more bit of the address: what is mapped with it is seen by Secure accesses only, in place of what lies
 * there for Non-secure ones.
 */
public final class PhysicalMemory {
    /** The bit of an address that leads to what Secure accesses alone can see. */
    public static final long SECURE = 1L << 40;

    private final Ram ram;
    private final TreeMap<Long, Mapping> devices = new TreeMap<>();
    private boolean hasSecureSpace;

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
        hasSecureSpace |= (base & SECURE) != 0;
    }

    /**
     * Where an access finds what it accesses.
     *
     * @param address the physical address, up to 40 bits
     * @param secure whether the access is Secure
     * @return the address, with {@link #SECURE} if something lies there for Secure accesses only and this is one
     */
    public long locate(long address, boolean secure) {
        return secure && hasSecureSpace && device(address | SECURE) != null ? address | SECURE : address;
    }

    /** What lies at a physical address besides RAM; null when nothing does. */
    public Mapping device(long address) {
        Map.Entry<Long, Mapping> entry = devices.floorEntry(address);
        return entry != null && address - entry.getKey() < entry.getValue().size ? entry.getValue() : null;
    }

    /** A device and its place. */
    public record Mapping(long base, long size, Device device) {
        /** Whether translation tables can lie here. */
        public boolean isMemory() {
            return device instanceof RamDevice;
        }

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
