package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/** Address space behind a bus where nothing answers: reads give ones, writes are dropped. */
public final class Unclaimed implements Device {
    @Override
    public long read(int offset, int size) {
        return -1L >>> 64 - 8 * size;
    }

    @Override
    public void write(int offset, int size, long value) {
        // Nobody is there.
    }
}
