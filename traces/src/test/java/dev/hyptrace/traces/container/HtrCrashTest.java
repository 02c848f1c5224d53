package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed writers, full disks, cut and flipped files: what was flushed is there, and what is read or answered is true. */
class HtrCrashTest {
    private static final int CHUNK = 10;

    @TempDir
    private Path folder;

    private byte[] whole;

    @Test
    void recordingProcess_killedAtRandomMoments_leavesAllThatItFlushed() throws Exception {
        KillCheck.Counts counts = KillCheck.run(folder, 5, 20);
        assertEquals(5, counts.kills());
        assertTrue(counts.flushed() > 0 && counts.read() >= counts.flushed(), counts.toString());
    }

    @Test
    void randomBit_flipped_makesNoEventAndNoAnswerWrong() throws IOException {
        FlipCheck.Counts counts = FlipCheck.run(folder, 250, 30);
        assertEquals(250, counts.header() + counts.chunk() + counts.index() + counts.trailer());
        assertTrue(counts.header() > 0 && counts.index() > 0 && counts.trailer() > 0, counts.toString());
        assertTrue(counts.eventsLost() == (long) counts.chunk() * 30, counts.toString());
        assertTrue(counts.answers() > counts.refusals() && counts.refusals() > 0, counts.toString());
    }

    /** A file, the bytes of which are {@link #whole}, and where its frames begin and it ends. */
    private record Small(Path file, List<Event> events, List<Integer> frames) {}

    private Small small() throws IOException {
        List<Event> events = RandomEvents.of(1, 45, 2);
        TraceWriter.Options options =
                TraceWriter.Options.standard().withChunks(CHUNK).withUse(BitsUse.BITS);
        Path file = HtrFiles.write(folder.resolve("small.htr"), events, options);
        whole = Files.readAllBytes(file);
        List<Integer> frames = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (Frame.isMarker(whole, i)) {
                frames.add(i);
            }
        }
        frames.add(whole.length);
        return new Small(file, events, frames);
    }

    @Test
    void lookup_fileCutAnywhere_answersTheTruthOrRefuses() throws IOException {
        Small small = small();
        TruthOrRefusal truth = new TruthOrRefusal(small.events(), BitsUse.BITS);
        for (int length = small.frames().get(1); length < whole.length; length++) {
            Files.write(small.file(), Arrays.copyOf(whole, length));
            try (HtrTrace trace = HtrTrace.open(small.file())) {
                if (isMaybeUnclosed(small, length)) {
                    assertNothingAfter(trace.lookup(BitsUse.BITS), truth.steps());
                } else {
                    askAll(truth, trace, "cut to " + length);
                }
            }
        }
        assertTrue(truth.answers() > 0 && truth.refusals() > 0);
    }

    /** Whether a file of this length looks as one that was not closed and to which nothing more was written. */
    private static boolean isMaybeUnclosed(Small small, int length) {
        return small.frames().contains(length)
                && length < small.frames().get(small.frames().size() - 3);
    }

    private static void assertNothingAfter(TraceLookup lookup, long steps) throws IOException {
        assertTrue(lookup.steps() < steps);
        assertEquals(Optional.empty(), lookup.at(lookup.steps()));
    }

    private static void askAll(TruthOrRefusal truth, HtrTrace trace, String what) throws IOException {
        TraceLookup lookup = trace.lookup(BitsUse.BITS);
        for (long step = 0; step < truth.steps(); step++) {
            truth.askAt(lookup, step, what);
        }
        for (long step = 0; step < truth.steps(); step += 6) {
            truth.askAll(lookup, step, Register.R1, (int) (0x8000 + 4 * step), what);
        }
    }

    @Test
    void lookup_lastChunkAndIndexDamaged_refusesToSayThatThereIsNothing() throws IOException {
        Small small = small();
        byte[] flipped = whole.clone();
        int last = small.frames().get(5);
        flipped[last + 1] ^= 1;
        flipped[flipped.length - 1] ^= 1;
        TruthOrRefusal truth = new TruthOrRefusal(small.events(), BitsUse.BITS);
        try (HtrTrace trace = HtrTrace.open(Files.write(small.file(), flipped))) {
            askAll(truth, trace, "last chunk");
            TraceLookup lookup = trace.lookup(BitsUse.BITS);
            TraceFormatException e = assertThrows(TraceFormatException.class, () -> lookup.at(lookup.steps()));
            assertEquals(
                    small.file() + ": byte " + last
                            + ": from here on the file cannot be read: what was sought may be there",
                    e.getMessage());
        }
        assertTrue(truth.answers() > 0 && truth.refusals() > 0);
    }

    @Test
    void fileOfMarkers_isOneDamageAndReadInTime() throws IOException {
        Small small = small();
        int start = small.frames().get(1);
        byte[] markers = Arrays.copyOf(whole, 4 << 20);
        for (int i = start; i < markers.length; i++) {
            markers[i] = Frame.marker()[(i - start) % Frame.marker().length];
        }
        long before = System.nanoTime();
        try (HtrTrace trace = HtrTrace.open(Files.write(small.file(), markers))) {
            assertEquals(
                    List.of(
                            new Trace.Damage(start, "the checksum of the frame's head is wrong"),
                            new Trace.Damage(
                                    markers.length,
                                    "the file does not end with a trailer, expected one: it was not closed, is cut, or its"
                                            + " end is damaged")),
                    trace.damage());
        }
        assertTrue(System.nanoTime() - before < 30_000_000_000L);
    }

    @Test
    void deviceThatIsFull_isToldAtOnce() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "needs /dev/full: Linux");
        IOException e = assertThrows(
                IOException.class,
                () -> TraceWriter.create(
                        full,
                        TraceHeader.of("test"),
                        TraceWriter.Options.standard().overwriting()));
        assertEquals(full + ": No space left on device", e.getMessage());
    }

    @Test
    void fileThatMayNotGrow_isToldAndWhatWasFlushedIsThere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash: apt-get install bash");
        Path file = folder.resolve("full.htr");
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 2048; exec \"$@\"", "limited"));
        command.addAll(RecordingProcess.command(file, 7));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(RecordingProcess.FAILED, process.waitFor(), said.toString());
        String last = said.get(said.size() - 1);
        assertTrue(last.equals("flush: File too large") || last.equals("accept: File too large"), last);
        assertEquals(2048L << 10, Files.size(file));
        assertHolds(file, Long.parseLong(said.get(said.size() - 2)));
    }

    private static void assertHolds(Path file, long flushed) throws IOException {
        Supplier<Event> truth = RecordingProcess.events(7);
        try (HtrTrace trace = HtrTrace.open(file)) {
            List<Event> read = HtrFiles.read(trace);
            assertTrue(flushed > 0 && read.size() >= flushed, read.size() + " of " + flushed);
            HtrFiles.assertSame(
                    read.stream().map(event -> truth.get()).toList(), read, "of a file that could not grow");
            assertEquals(2, trace.damage().size(), trace.damage().toString());
        }
    }
}
