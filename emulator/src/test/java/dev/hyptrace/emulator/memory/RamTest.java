package dev.hyptrace.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RAM on the heap and outside of it. */
class RamTest {
    private static final long BASE = 0x4000_0000L;
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 257, 2047})
    void lastBytes_areLittleEndianInEachSize(int mebibytes) {
        Ram ram = Ram.of(BASE, mebibytes * MEBIBYTE);
        int last = ram.size() - 8;
        assertEquals(0, ram.doublewordAt(last));
        ram.setDoubleword(last, 0x8877_6655_4433_2211L);
        assertEquals(0x8877_6655_4433_2211L, ram.doublewordAt(last));
        assertEquals(0x8877_6655, ram.wordAt(last + 4));
        assertEquals(0x5544, ram.halfwordAt(last + 3));
        assertEquals(0x88, ram.byteAt(last + 7));
        ram.setByte(last, 0x1ff);
        ram.setHalfword(last + 2, 0xabcdef);
        ram.setWord(last + 4, -2);
        assertArrayEquals(new byte[] {-1, 0x22, (byte) 0xef, (byte) 0xcd, -2, -1, -1, -1}, ram.read(BASE + last, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257})
    void write_thatDoesNotFit_isRefused(int mebibytes) {
        Ram ram = Ram.of(BASE, mebibytes * MEBIBYTE);
        long end = BASE + ram.size();
        ram.write(end - 2, new byte[] {1, 2});
        assertArrayEquals(new byte[] {1, 2}, ram.read(end - 2, 2));
        assertThrows(IllegalArgumentException.class, () -> ram.write(end - 2, new byte[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> ram.wordAt(ram.size() - 3));
        assertTrue(ram.contains(end - 1));
        assertFalse(ram.contains(end));
        assertFalse(ram.contains(BASE - 1));
    }
}
