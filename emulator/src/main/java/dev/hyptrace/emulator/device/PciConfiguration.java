package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/**
 * PCI Express configuration space (ECAM) of a bus with nothing but its host bridge, as QEMU's board shows it without devices:
 * vendor 0x1b36 "Red Hat", device 8, subsystem 0x1af4:0x1100.
 */
public final class PciConfiguration implements Device {
    private static final int FUNCTION_SIZE = 0x1000;
    private static final int COMMAND = 0x04;
    private static final int COMMAND_MASK = 0x0547;
    private static final int INTERRUPT_LINE = 0x3c;
    private static final int[] HEADER = {0x0008_1b36, 0, 0x0600_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0x1100_1af4, 0, 0, 0, 0};

    private final byte[] bytes = new byte[FUNCTION_SIZE];

    public PciConfiguration() {
        reset();
    }

    /** Everything as after power-on. */
    public void reset() {
        for (int i = 0; i < HEADER.length * 4; i++) {
            bytes[i] = (byte) (HEADER[i / 4] >>> 8 * (i % 4));
        }
    }

    @Override
    public long read(int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            int at = offset + i;
            value = value << 8 | (at >= 0 && at < FUNCTION_SIZE ? bytes[at] & 0xff : 0xff);
        }
        return value;
    }

    @Override
    public void write(int offset, int size, long value) {
        for (int i = 0; i < size; i++) {
            int at = offset + i;
            int given = (int) (value >>> 8 * i) & 0xff;
            if (at == COMMAND || at == COMMAND + 1) {
                bytes[at] = (byte) (given & COMMAND_MASK >>> 8 * (at - COMMAND));
            } else if (at == INTERRUPT_LINE) {
                bytes[at] = (byte) given;
            }
        }
    }
}
