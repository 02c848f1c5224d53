package dev.hyptrace.emulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Pl011Test {
    private static final int DR = 0;
    private static final int FR = 0x18;
    private static final int LCR_H = 0x2c;
    private static final int IMSC = 0x38;
    private static final int RIS = 0x3c;
    private static final int RXFE = 0x10;
    private static final int RXFF = 0x40;
    private static final int TXFE = 0x80;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean interrupt;
    private final Pl011 uart = new Pl011(sent::write, asserted -> interrupt = asserted);

    @Test
    void data_written_isSentAtOnce() {
        uart.write(DR, 4, 0x141);
        assertEquals("A", sent.toString(StandardCharsets.US_ASCII));
        assertEquals(RXFE | TXFE, uart.read(FR, 4));
        assertEquals(0x20, uart.read(RIS, 4));
        assertFalse(interrupt);
    }

    @Test
    void type_withoutFifo_givesOneCharacterAfterTheOther() {
        uart.write(IMSC, 4, 0x10);
        uart.type("ab".getBytes(StandardCharsets.US_ASCII));
        assertTrue(interrupt);
        assertEquals(RXFF | TXFE, uart.read(FR, 4));
        assertEquals('a', uart.read(DR, 4));
        assertTrue(interrupt);
        assertEquals('b', uart.read(DR, 4));
        assertFalse(interrupt);
        assertEquals(RXFE | TXFE, uart.read(FR, 4));
        assertEquals('b', uart.read(DR, 4));
    }

    @Test
    void type_ofMoreThanTheFifoHolds_losesNothing() {
        uart.write(LCR_H, 4, 0x10);
        byte[] text = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.US_ASCII);
        uart.type(text);
        assertEquals(RXFF | TXFE, uart.read(FR, 4));
        assertEquals(text.length, uart.waiting());
        StringBuilder received = new StringBuilder();
        while ((uart.read(FR, 4) & RXFE) == 0) {
            received.append((char) uart.read(DR, 4));
        }
        assertEquals(new String(text, StandardCharsets.US_ASCII), received.toString());
        assertEquals(0, uart.waiting());
    }
}
