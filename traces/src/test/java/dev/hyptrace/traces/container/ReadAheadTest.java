package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final int MANY = 100_000;

    /** So many notes, each with its number, and then nothing or an exception. */
    private static final class Notes implements EventReader {
        private final int count;
        private final Throwable end;
        private final Set<Thread> readers = new HashSet<>();
        private int given;
        private boolean closed;

        Notes(int count, Throwable end) {
            this.count = count;
            this.end = end;
        }

        @Override
        public Event next() throws IOException {
            readers.add(Thread.currentThread());
            if (given < count) {
                return new Event.Note(0, Integer.toString(given++));
            }
            if (end instanceof IOException io) {
                throw io;
            }
            if (end instanceof Error error) {
                throw error;
            }
            return null;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static int read(EventReader reader, int most) throws IOException {
        int count = 0;
        while (count < most) {
            Event event = reader.next();
            if (event == null) {
                break;
            }
            assertEquals(new Event.Note(0, Integer.toString(count++)), event);
        }
        return count;
    }

    @Test
    void next_anyNumberOfEvents_givesEachInOrderAndThenNone() throws IOException {
        for (int count : new int[] {0, 1, 4095, 4096, 4097, 5119, 5120, 5121, MANY}) {
            for (boolean thread : new boolean[] {false, true}) {
                Notes notes = new Notes(count, null);
                try (ReadAhead reader = new ReadAhead(notes, thread)) {
                    assertEquals(count, read(reader, Integer.MAX_VALUE));
                    assertNull(reader.next(), "once more after the last");
                }
                assertEquals(thread && count >= 4096 ? 2 : 1, notes.readers.size(), "threads for " + count);
                assertTrue(notes.closed);
            }
        }
    }

    @Test
    void next_readerThatFails_failsAtTheSamePlace() throws IOException {
        for (Throwable end : new Throwable[] {new IOException("no more"), new StackOverflowError()}) {
            try (ReadAhead reader = new ReadAhead(new Notes(MANY, end), true)) {
                assertEquals(MANY, read(reader, MANY));
                assertEquals(end, assertThrows(end.getClass(), reader::next));
                assertEquals(end, assertThrows(end.getClass(), reader::next), "once more");
            }
        }
    }

    @Test
    void close_beforeTheEnd_endsTheThread() {
        Notes notes = new Notes(MANY, null);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            ReadAhead reader = new ReadAhead(notes, true);
            assertEquals(6000, read(reader, 6000));
            reader.close();
            assertNull(reader.next(), "after it was closed");
        });
        assertTrue(notes.given < MANY, "all was read though nobody wanted it");
        assertTrue(notes.closed);
        assertFalse(
                notes.readers.stream().anyMatch(thread -> thread.getName().equals("htr-reader") && thread.isAlive()));
    }

    @Test
    void next_interruptedThread_readsOnAndStaysInterrupted() throws IOException {
        try (ReadAhead reader = new ReadAhead(new Notes(MANY, null), true)) {
            Thread.currentThread().interrupt();
            assertEquals(MANY, read(reader, Integer.MAX_VALUE));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
