package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/** The board's flash when no image is given: QEMU's {@code virt} shows zeros there. Writes are dropped. */
public final class ErasedFlash implements Device {
    @Override
    public long read(int offset, int size) {
        return 0;
    }

    @Override
    public void write(int offset, int size, long value) {
        // Programming commands are not modelled; nothing is stored.
    }
}
