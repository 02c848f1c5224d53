package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer's threads leave in a file, and what they tell when they fail. */
class TraceWriterTest {
    private static final TraceHeader HEADER = TraceHeader.of("test");

    @TempDir
    private Path folder;

    /** Takes rows apart. */
    private static final class Singly implements StepSink {
        private final TraceWriter writer;
        private final List<Event> events;

        Singly(TraceWriter writer, List<Event> events) {
            this.writer = writer;
            this.events = events;
        }

        @Override
        public void accept(Event event) throws IOException {
            events.add(event);
            writer.accept(event);
        }

        @Override
        public void accept(StepRows rows) throws IOException {
            for (int i = 0; i < rows.size(); i++) {
                accept(rows.step(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 1000, 1024, 1 << 15})
    void rows_inChunksOfAnySize_makeTheFileOfTheirStepsOneByOne(int chunk) throws IOException {
        TraceWriter.Options options = options(chunk).withUse(BitsUse.BITS);
        int rows = chunk < 100 ? 20 : 200;
        Path ofRows = folder.resolve("rows.htr");
        try (TraceWriter writer = TraceWriter.create(ofRows, HEADER, options)) {
            RandomRows.feed(chunk, rows, writer);
        }
        List<Event> events = new ArrayList<>();
        Path ofSteps = folder.resolve("steps.htr");
        try (TraceWriter writer = TraceWriter.create(ofSteps, HEADER, options)) {
            RandomRows.feed(chunk, rows, new Singly(writer, events));
        }
        assertEquals(-1, Files.mismatch(ofSteps, ofRows));
        try (HtrTrace trace = HtrTrace.open(ofRows)) {
            HtrFiles.assertSame(events, HtrFiles.read(trace), "chunks of " + chunk);
            assertEquals(List.of(), trace.damage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000})
    void file_anyNumberOfCompressors_isTheSame(int chunk) throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            List<Event> events = RandomEvents.of(seed, chunk == 1 ? 200 : 5000, 10);
            byte[] one = written(events, options(chunk).withCompressors(1));
            for (int compressors : new int[] {2, 3, 16}) {
                byte[] more = written(events, options(chunk).withCompressors(compressors));
                assertArrayEquals(one, more, "seed " + seed + ", " + compressors + " compressors");
            }
        }
    }

    private byte[] written(List<Event> events, TraceWriter.Options options) throws IOException {
        return Files.readAllBytes(HtrFiles.write(folder.resolve("written.htr"), events, options));
    }

    private static TraceWriter.Options options(int chunk) {
        return TraceWriter.Options.standard().overwriting().withChunks(chunk);
    }

    @Test
    void flush_whileChunksAreUnderWay_makesAllReadable() throws IOException {
        List<Event> events = RandomEvents.of(3, 3000, 10);
        Path file = folder.resolve("flushed.htr");
        try (TraceWriter writer = TraceWriter.create(file, HEADER, options(7).withCompressors(3))) {
            for (int i = 0; i < events.size(); i++) {
                writer.accept(events.get(i));
                if (i % 501 == 500) {
                    writer.flush();
                    assertEquals(Files.size(file), writer.bytes());
                    try (HtrTrace trace = HtrTrace.open(file)) {
                        HtrFiles.assertSame(events.subList(0, i + 1), HtrFiles.read(trace), "flushed");
                    }
                }
            }
        }
    }

    @Test
    void rows_thatWereCoded_areGivenAgain() throws IOException {
        List<Register> first = List.of(Register.R0, Register.PC);
        List<Register> second = List.of(Register.R0, Register.R1, Register.R2);
        Path file = folder.resolve("again.htr");
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            StepRows rows = writer.rows(0, first);
            RandomRows.feed(1, 1, new Singly(writer, new ArrayList<>()));
            writer.accept(rows);
            writer.flush();
            StepRows again = writer.rows(5, second);
            assertSame(rows, again);
            assertEquals(0, again.size());
            assertEquals(5, again.cpu());
            assertEquals(second, again.example().registers());
            assertEquals(3, again.width());
            assertTrue(again.values().length >= 3 * StepRows.CAPACITY);
        }
    }

    /** A file that grows no further. */
    private static final class Full implements WritableByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;
        private boolean open = true;

        Full(int most) {
            this.most = most;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int room = Math.min(most - bytes.size(), source.remaining());
            if (room == 0) {
                throw new IOException("no room");
            }
            byte[] taken = new byte[room];
            source.get(taken);
            bytes.write(taken, 0, room);
            return room;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void channel_failsInTheMiddle_isToldByEveryCallAndNothingComesAfter(int compressors) throws IOException {
        List<Event> events = RandomEvents.of(4, 20_000, 10);
        byte[] whole = written(events, options(50));
        Full full = new Full(whole.length / 2);
        TraceWriter.Options options = options(50).withCompressors(compressors);
        TraceWriter writer = start(new ChunkWriter(full, options));
        IOException told = assertThrows(IOException.class, () -> {
            for (Event event : events) {
                writer.accept(event);
            }
            writer.flush();
        });
        assertEquals("no room", told.getMessage());
        assertEquals("no room", assertThrows(IOException.class, writer::flush).getMessage());
        assertTrue(full.isOpen());
        assertEquals("no room", assertThrows(IOException.class, writer::close).getMessage());
        assertFalse(full.isOpen());
        assertArrayEquals(Arrays.copyOf(whole, whole.length / 2), full.bytes.toByteArray());
    }

    @Test
    void compressor_fails_isTold() throws IOException {
        Full full = new Full(1 << 20);
        Supplier<Zstandard> closed = () -> {
            Zstandard zstandard = new Zstandard(1);
            zstandard.close();
            return zstandard;
        };
        TraceWriter writer = start(new ChunkWriter(full, options(10), closed));
        long header = writer.bytes();
        writer.accept(new Event.Note(0, "x".repeat(100)));
        IllegalStateException told = assertThrows(IllegalStateException.class, writer::flush);
        assertEquals("the writer of the trace has failed", told.getMessage());
        assertTrue(told.getCause() instanceof RuntimeException, String.valueOf(told.getCause()));
        assertThrows(IllegalStateException.class, writer::close);
        assertEquals(header, full.bytes.size());
        assertFalse(full.isOpen());
    }

    private static TraceWriter start(ChunkWriter chunks) throws IOException {
        chunks.writeHeader(HEADER);
        return TraceWriter.start(chunks);
    }

    @Test
    void interruptedThread_writesAllAndStaysInterrupted() throws IOException {
        List<Event> events = RandomEvents.of(5, 5000, 10);
        Path file = folder.resolve("interrupted.htr");
        try (TraceWriter writer = TraceWriter.create(file, HEADER, options(20))) {
            Thread.currentThread().interrupt();
            for (Event event : events) {
                writer.accept(event);
            }
            writer.flush();
        } finally {
            assertTrue(Thread.interrupted());
        }
        try (HtrTrace trace = HtrTrace.open(file)) {
            HtrFiles.assertSame(events, HtrFiles.read(trace), "of an interrupted thread");
            assertEquals(List.of(), trace.damage());
        }
    }
}
