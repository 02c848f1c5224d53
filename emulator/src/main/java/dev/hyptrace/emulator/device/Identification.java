package dev.hyptrace.emulator.device;

/** The identification registers at the end of a PrimeCell's frame: one byte in each word. */
final class Identification {
    private final int first;
    private final int[] bytes;

    /**
     * @param bytes what the last registers of the frame hold, up to PCellID3 at 0xffc
     */
    Identification(int... bytes) {
        this.bytes = bytes;
        this.first = 0x1000 - 4 * bytes.length;
    }

    boolean contains(int offset) {
        return offset >= first;
    }

    int read(int offset) {
        return bytes[offset - first >>> 2];
    }
}
