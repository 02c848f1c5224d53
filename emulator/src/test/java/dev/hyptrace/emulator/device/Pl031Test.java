package dev.hyptrace.emulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Pl031Test {
    private long seconds;
    private boolean interrupt;
    private final Pl031 clock = new Pl031(1000, () -> seconds, asserted -> interrupt = asserted, () -> {});

    @Test
    void data_countsSecondsFromTheStart() {
        assertEquals(1000, clock.read(0, 4));
        seconds = 7;
        assertEquals(1007, clock.read(0, 4));
        clock.write(8, 4, 50);
        seconds = 9;
        assertEquals(52, clock.read(0, 4));
    }

    @Test
    void alarm_interruptsWhenTheCountMatches() {
        clock.write(0x10, 4, 1);
        clock.write(4, 4, 1003);
        assertEquals(3, clock.alarm());
        seconds = 2;
        clock.tick();
        assertFalse(interrupt);
        seconds = 3;
        clock.tick();
        assertTrue(interrupt);
        clock.write(0x1c, 4, 1);
        assertFalse(interrupt);
    }
}
