package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/**
 * Virtio transports without a device: Virtual I/O Device (VIRTIO) Specification, "Virtio Over MMIO", legacy interface.
 * DeviceID 0 tells drivers to look no further.
 */
public final class EmptyVirtioSlots implements Device {
    /** The size of one transport in bytes. */
    public static final int SLOT_SIZE = 0x200;

    private static final int MAGIC_VALUE = 0x000;
    private static final int VERSION = 0x004;
    private static final int VENDOR_ID = 0x00c;
    private static final int MAGIC = 0x7472_6976;
    private static final int LEGACY = 1;
    private static final int QEMU = 0x554d_4551;

    @Override
    public long read(int offset, int size) {
        return switch (offset & SLOT_SIZE - 1) {
            case MAGIC_VALUE -> MAGIC;
            case VERSION -> LEGACY;
            case VENDOR_ID -> QEMU;
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int size, long value) {
        // There is nobody to take it.
    }
}
