package dev.hyptrace.emulator.memory;

/** Random-access memory beside the main one. Code in it is decoded each time it is executed. */
public final class RamDevice implements Device {
    private final byte[] bytes;

    /**
     * @param size the size in bytes
     */
    public RamDevice(int size) {
        bytes = new byte[size];
    }

    @Override
    public long read(int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    @Override
    public void write(int offset, int size, long value) {
        for (int i = 0; i < size; i++) {
            bytes[offset + i] = (byte) (value >>> 8 * i);
        }
    }
}
