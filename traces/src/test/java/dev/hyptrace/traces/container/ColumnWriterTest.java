package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ColumnWriterTest {
    /** 31 and 32 bits, either side of each length that a number can have. */
    @Test
    void zigzagOfAnInt_isThatOfTheSameLong() {
        for (int shift = 0; shift < 32; shift++) {
            for (int near = -2; near <= 2; near++) {
                assertSame((1 << shift) + near);
                assertSame(-(1 << shift) + near);
            }
        }
    }

    private static void assertSame(int value) {
        ColumnWriter wide = new ColumnWriter();
        ColumnWriter narrow = new ColumnWriter();
        for (int i = 0; i < 20; i++) {
            wide.zigzag((long) value);
            narrow.zigzag(value);
        }
        assertArrayEquals(wide.drain(), narrow.drain(), () -> Integer.toString(value));
    }
}
