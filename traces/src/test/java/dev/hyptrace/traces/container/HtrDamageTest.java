package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is never lost and never lies, whatever happens to its file. */
class HtrDamageTest {
    private static final int CHUNK = 10;

    @TempDir
    private Path folder;

    private List<Event> events;
    private byte[] whole;
    private Path file;

    @BeforeEach
    void writeSmallFile() throws IOException {
        events = RandomEvents.of(1, 45, 2);
        file = HtrFiles.write(folder.resolve("trace.htr"), events, CHUNK);
        whole = Files.readAllBytes(file);
    }

    /** The positions at which frames begin. */
    private static List<Integer> frames(byte[] bytes) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            if (Frame.isMarker(bytes, i)) {
                offsets.add(i);
            }
        }
        return offsets;
    }

    private record Result(List<Event> events, List<Trace.Damage> damage) {}

    private Result open(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (HtrTrace trace = HtrTrace.open(file)) {
            List<Event> read = HtrFiles.read(trace);
            return new Result(read, trace.damage());
        }
    }

    @Test
    void wholeFile_hasOneFramePerPart() {
        assertEquals(1 + 5 + 1 + 1, frames(whole).size());
        assertEquals(whole.length - Frame.TRAILER_SIZE, frames(whole).get(7));
    }

    @Test
    void cutAnywhere_opensUpToTheCutAndSaysSo() throws IOException {
        List<Integer> frames = frames(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String what = "cut to " + length + " bytes";
            if (length < frames.get(1)) {
                TraceFormatException e = assertThrows(TraceFormatException.class, () -> open(cut), what);
                assertTrue(e.getMessage().startsWith(file + ": byte 0: "), e.getMessage());
                continue;
            }
            int end = length;
            int complete = (int)
                    frames.subList(2, 7).stream().filter(next -> next <= end).count();
            Result result = open(cut);
            HtrFiles.assertSame(events.subList(0, Math.min(events.size(), complete * CHUNK)), result.events(), what);
            assertFalse(result.damage().isEmpty(), what);
            result.damage().forEach(damage -> assertTrue(damage.offset() <= end, what + " " + damage));
        }
    }

    @Test
    void everyFlippedByte_isNoticedAndNoEventIsWrong() throws IOException {
        for (int position = 0; position < whole.length; position++) {
            for (int pattern : new int[] {0x01, 0x80, 0xff}) {
                byte[] flipped = whole.clone();
                flipped[position] ^= (byte) pattern;
                assertNoticed(flipped, "byte " + position + " ^ " + pattern, position);
            }
        }
    }

    private void assertNoticed(byte[] flipped, String what, int position) throws IOException {
        Result result;
        try {
            result = open(flipped);
        } catch (TraceFormatException e) {
            assertTrue(position < frames(whole).get(1), what + " " + e.getMessage());
            return;
        }
        assertFalse(result.damage().isEmpty(), what);
        assertTrue(result.events().size() >= events.size() - CHUNK, what);
        HtrFiles.countRead(events, result.events(), what);
    }

    @Test
    void damagedChunkInTheMiddle_isReplacedByGapsOnEveryProcessor() throws IOException {
        byte[] flipped = whole.clone();
        flipped[frames(whole).get(3) - 1] ^= 1;
        Result result = open(flipped);
        List<Event> expected = new ArrayList<>(events.subList(0, CHUNK));
        events.subList(0, 2 * CHUNK).stream()
                .map(Event::cpu)
                .distinct()
                .sorted()
                .forEach(cpu -> expected.add(new Event.Gap(
                        cpu, CHUNK + " events before byte " + frames(whole).get(3) + " cannot be read")));
        expected.addAll(events.subList(2 * CHUNK, events.size()));
        HtrFiles.assertSame(expected, result.events(), "events");
        assertEquals(
                List.of(new Trace.Damage(frames(whole).get(2), "the checksum of the frame's body is wrong")),
                result.damage());
    }

    @Test
    void insertedBytes_areSkippedToTheNextMarker() throws IOException {
        int at = frames(whole).get(3);
        byte[] inserted = new byte[whole.length + 1000];
        System.arraycopy(whole, 0, inserted, 0, at);
        Arrays.fill(inserted, at, at + 1000, (byte) 0x89);
        System.arraycopy(whole, at, inserted, at + 1000, whole.length - at);
        Result result = open(inserted);
        HtrFiles.assertSame(events, result.events(), "events");
        assertFalse(result.damage().isEmpty());
    }

    @Test
    void bytesAfterTheEnd_areDamageAndNothingIsLost() throws IOException {
        Result result = open(Arrays.copyOf(whole, whole.length + 5));
        HtrFiles.assertSame(events, result.events(), "events");
        assertFalse(result.damage().isEmpty());
    }

    @Test
    void twoFilesInOne_doNotMixSilently() throws IOException {
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        Result result = open(twice);
        assertFalse(result.damage().isEmpty());
        HtrFiles.assertSame(events, result.events(), "events");
    }

    @Test
    void lengthBeyondTheFile_isDamageAndAllocatesNothing() throws IOException {
        byte[] lying = whole.clone();
        int at = frames(whole).get(5);
        setHead(lying, at, Frame.MAX_BODY, Frame.MAX_BODY);
        Result result = open(lying);
        HtrFiles.assertSame(events.subList(0, 4 * CHUNK), result.events(), "events");
        setHead(lying, at, Integer.MAX_VALUE, Integer.MAX_VALUE);
        HtrFiles.assertSame(events.subList(0, 4 * CHUNK), open(lying).events(), "events");
    }

    private static void setHead(byte[] bytes, int at, int length, int decodedLength) {
        ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(at + 12, length).putInt(at + 16, decodedLength);
        head.putInt(at + 24, Frame.checksum(bytes, at, 24));
    }

    @Test
    void unclosedFile_isReadUpToTheLastFlush() throws IOException {
        TraceWriter.Options options = TraceWriter.Options.standard().overwriting();
        try (TraceWriter writer = TraceWriter.create(file, TraceHeader.of("test"), options)) {
            for (int i = 0; i < 25; i++) {
                writer.accept(events.get(i));
            }
            assertEquals(List.of(), openAsItIs().events());
            writer.flush();
            for (int i = 25; i < 35; i++) {
                writer.accept(events.get(i));
            }
            Result flushed = openAsItIs();
            HtrFiles.assertSame(events.subList(0, 25), flushed.events(), "events");
            assertEquals(1, flushed.damage().size());
            writer.flush();
            writer.flush();
            HtrFiles.assertSame(events.subList(0, 35), openAsItIs().events(), "events");
            assertEquals(35, writer.events());
            assertEquals(Files.size(file), writer.bytes());
        }
        assertEquals(List.of(), openAsItIs().damage());
    }

    private Result openAsItIs() throws IOException {
        return open(Files.readAllBytes(file));
    }

    @Test
    void newerFormat_isRefusedByName() throws IOException {
        byte[] header = HeaderCoder.encode(TraceHeader.of("test")).toBuilder()
                .setFormatVersion(2)
                .build()
                .toByteArray();
        TraceFormatException e = assertThrows(
                TraceFormatException.class, () -> open(Frame.encode(Frame.Kind.HEADER, header, header.length)));
        assertEquals(file + ": byte 0: the file's format has version 2, this program reads version 1", e.getMessage());
    }
}
