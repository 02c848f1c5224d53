package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Input of a length that no memory would hold. */
class LongInputTest {
    private static final int NOP = 0xe320f000;
    private static final long FOUR_GIB = 4L << 30;

    @Test
    void line_ofFourGib_isOneNoteAndTheRestIsRead() throws IOException {
        byte[] before = new LogText().step(0x1000, NOP, LogText.SVC).bytes();
        byte[] after = new LogText().step(0x1004, NOP, LogText.SVC).bytes();
        InputStream in = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before),
                new RepeatedByte('x', FOUR_GIB),
                new ByteArrayInputStream(new byte[] {'\n'}),
                new ByteArrayInputStream(after))));
        long[] steps = new long[1];
        ImportReport report = QemuLog.read(
                "long.log", in, event -> steps[0] += event instanceof dev.hyptrace.traces.model.Event.Step ? 1 : 0);
        assertEquals(2, steps[0]);
        assertEquals(
                List.of("long.log: line 11: a line of 4294967296 bytes, of which a note keeps the first"),
                report.problems());
        assertEquals(before.length + FOUR_GIB + 1 + after.length, report.bytes());
    }

    /** A log of some 200 MB, read in a heap of which a tenth would not hold it, keeps giving the same. */
    @Test
    void log_repeatedManyTimes_givesItsEventsAsOften() throws IOException {
        byte[] text = SampleLogs.text(SampleLogs.BARE_METAL_7);
        int times = 3500;
        InputStream in = new SequenceInputStream(Collections.enumeration(Collections.nCopies(times, text).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
        long[] events = new long[1];
        ImportReport report = QemuLog.read("repeated.log", in, event -> events[0]++);
        assertEquals(163L * times, report.count(Count.STEPS));
        assertEquals(11L * times, report.count(Count.EXCEPTION_ENTRIES));
        assertEquals(0, report.count(Count.STEPS_WITHOUT_ENCODING));
        assertEquals(times - 1, report.count(Count.GAPS), "one where it begins again");
        assertEquals(1476L * times + times, report.lines());
        assertTrue(events[0] > report.count(Count.STEPS));
    }

    /** One byte, over and over. */
    private static final class RepeatedByte extends InputStream {
        private final byte value;
        private long left;

        RepeatedByte(char value, long count) {
            this.value = (byte) value;
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(buffer, offset, offset + count, value);
            left -= count;
            return count;
        }
    }
}
