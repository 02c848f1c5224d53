package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Column;
import dev.hyptrace.traces.container.proto.Header;
import dev.hyptrace.traces.container.proto.Processor;
import dev.hyptrace.traces.container.proto.Shape;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose checksums are right and whose content was made to do harm. */
class HtrBoundsTest {
    @TempDir
    private Path folder;

    private Path file(Header header, Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = header.toByteArray();
        byte[] body = chunk.toByteArray();
        out.write(Frame.encode(Frame.Kind.HEADER, head, head.length));
        out.write(Frame.encode(Frame.Kind.CHUNK, body, body.length));
        return Files.write(folder.resolve("made.htr"), out.toByteArray());
    }

    /** What is said of the chunk, after reading what can be read. */
    private String damage(Chunk chunk) throws IOException {
        try (HtrTrace trace = HtrTrace.open(file(HeaderCoder.encode(TraceHeader.of("test")), chunk))) {
            HtrFiles.read(trace);
            assertEquals(2, trace.damage().size(), trace.damage().toString());
            return trace.damage().get(0).what();
        }
    }

    private static Chunk.Builder chunk() {
        return Chunk.newBuilder().setEvents(3);
    }

    private static Column column(int id, int size, byte... data) {
        return Column.newBuilder()
                .setId(id)
                .setSize(size)
                .setData(ByteString.copyFrom(data))
                .build();
    }

    @Test
    void numberOfEvents_isBounded() throws IOException {
        assertEquals(
                "the chunk has 4294967295 events, expected 1 to 1048576",
                damage(chunk().setEvents(-1).build()));
        assertEquals(
                "the chunk has 0 events, expected 1 to 1048576",
                damage(chunk().setEvents(0).build()));
    }

    @Test
    void columnThatClaimsALot_isRefusedBeforeItIsAllocated() throws IOException {
        assertEquals(
                "column 3 of 4294967295 bytes has no place here",
                damage(chunk().addColumns(column(3, -1, (byte) 0)).build()));
        Chunk.Builder many = chunk();
        for (int i = 0; i < 20; i++) {
            many.addColumns(column(ColumnId.REGISTERS + i, 1 << 20, bomb(1 << 20)));
        }
        assertTrue(damage(many.build()).endsWith("has no place here"));
        assertEquals(
                "column 9999 of 0 bytes has no place here",
                damage(chunk().addColumns(column(9999, 0)).build()));
    }

    private static byte[] bomb(int size) {
        try (Zstandard zstandard = new Zstandard(1)) {
            return zstandard.compress(new byte[size], size);
        }
    }

    @Test
    void frameThatHoldsMoreThanItSays_isRefused() throws IOException {
        String what = damage(chunk().addColumns(column(3, 1000, bomb(1 << 24))).build());
        assertTrue(what.contains("Zstandard"), what);
        what = damage(chunk().addColumns(column(3, 2000, bomb(1000))).build());
        assertTrue(what.contains("Zstandard"), what);
        assertEquals(
                "3 bytes are stored in 4",
                damage(chunk().addColumns(column(3, 3, new byte[4])).build()));
    }

    @Test
    void messageOfManySmallFields_isRefusedBeforeItIsParsed() throws IOException {
        Chunk.Builder many = chunk();
        for (int i = 0; i <= MessageSize.MAX_FIELDS; i++) {
            many.addShapes(Shape.getDefaultInstance());
        }
        assertEquals("a message has more than 65536 fields", damage(many.build()));
        Chunk.Builder shapes = chunk();
        for (int i = 0; i <= ShapeDecoder.MAX_SHAPES; i++) {
            shapes.addShapes(Shape.getDefaultInstance());
        }
        assertEquals("a chunk has 4097 shapes, expected at most 4096", damage(shapes.build()));
    }

    @Test
    void indicesWithoutNames_areRefused() throws IOException {
        assertEquals(
                "the index of a register is 9999, expected less than "
                        + Register.all().size(),
                damage(chunk().addShapes(Shape.newBuilder().addRegisters(9999)).build()));
        assertEquals(
                "a shape has R0 twice",
                damage(chunk().addShapes(Shape.newBuilder().addRegisters(0).addRegisters(0))
                        .build()));
        assertEquals(
                "a shape has 1 registers and 2 rules",
                damage(chunk().addShapes(
                                Shape.newBuilder().addRegisters(0).addRules(0).addRules(0))
                        .build()));
        assertEquals(
                "the number of a processor is 1024, expected less than 1024",
                damage(chunk().addProcessors(Processor.newBuilder().setCpu(1024))
                        .build()));
        assertEquals(
                "a processor has a register that has no name",
                damage(chunk().addProcessors(
                                Processor.newBuilder().addRegisters(9999).addValues(0))
                        .build()));
    }

    @Test
    void registerThatThisVersionDoesNotKnow_isAnErrorOnlyWhereItIsUsed() throws IOException {
        Header.Builder header = HeaderCoder.encode(TraceHeader.of("test")).toBuilder();
        header.getNamesBuilder().addRegisters("VSCTLR_EL2");
        int unknown = header.getNames().getRegistersCount() - 1;
        Chunk.Builder unused = Chunk.newBuilder()
                .setEvents(1)
                .addColumns(column(ColumnId.KINDS, 2, (byte) 0, (byte) EventKind.NOTE))
                .addColumns(column(ColumnId.PROCESSORS, 2, (byte) 1, (byte) 0))
                .addColumns(column(ColumnId.TEXT_REFERENCES, 1, (byte) 0))
                .addColumns(column(ColumnId.TEXTS, 3, (byte) 4, (byte) 'o', (byte) 'k'))
                .addProcessors(Processor.newBuilder().addRegisters(unknown).addValues(7));
        try (HtrTrace trace = HtrTrace.open(file(header.build(), unused.build()))) {
            assertEquals(List.of(new Event.Note(0, "ok")), HtrFiles.read(trace));
        }
        Chunk used = unused.addShapes(Shape.newBuilder().addRegisters(unknown)).build();
        try (HtrTrace trace = HtrTrace.open(file(header.build(), used))) {
            assertEquals(List.of(), HtrFiles.read(trace));
            assertEquals(
                    "a register is used that this version does not know",
                    trace.damage().get(0).what());
        }
    }

    @Test
    void namesInAnotherOrder_areReadByName() throws IOException {
        List<Event> events = RandomEvents.of(11, 300);
        Path written = HtrFiles.write(folder.resolve("own.htr"), events, 1000);
        Header own;
        Chunk chunk;
        try (FrameFile frames = FrameFile.open(written)) {
            FrameFile.Body header = frames.read(0);
            own = Header.parseFrom(header.bytes());
            chunk = Chunk.parseFrom(frames.read(header.end(0)).bytes());
        } catch (CorruptChunkException e) {
            throw new IOException(e);
        }
        int first = Register.R0.ordinal();
        int second = Register.SP_HYP.ordinal();
        Header.Builder swapped = own.toBuilder();
        swapped.getNamesBuilder().setRegisters(first, "SP_hyp").setRegisters(second, "R0");
        try (HtrTrace trace = HtrTrace.open(file(swapped.build(), chunk))) {
            List<Event> expected = new ArrayList<>();
            events.forEach(event -> expected.add(swap(event)));
            HtrFiles.assertSame(expected, HtrFiles.read(trace), "swapped");
        }
    }

    private static Event swap(Event event) {
        if (event instanceof Event.Step step) {
            return new Event.Step(step.cpu(), step.address(), step.instruction(), swap(step.before()), step.accesses());
        } else if (event instanceof Event.ExceptionEntry entry) {
            return new Event.ExceptionEntry(
                    entry.cpu(), entry.kind(), entry.from(), entry.to(), swap(entry.atVector()));
        } else if (event instanceof Event.ExceptionReturn back) {
            return new Event.ExceptionReturn(back.cpu(), back.from(), back.to(), swap(back.after()));
        } else if (event instanceof Event.Snapshot snapshot) {
            return new Event.Snapshot(snapshot.cpu(), snapshot.reason(), swap(snapshot.state()));
        }
        return event;
    }

    private static State swap(State state) {
        return state.toBuilder()
                .put(Register.R0, state.get(Register.SP_HYP))
                .put(Register.SP_HYP, state.get(Register.R0))
                .build();
    }

    /** Whatever the bytes of the columns are: events or one clause, and never another exception. */
    @Test
    void randomColumns_areEventsOrDamage() throws IOException {
        for (long seed = 1; seed <= 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Chunk.Builder made = Chunk.newBuilder().setEvents(200);
            made.addShapes(Shape.getDefaultInstance());
            made.addShapes(Shape.newBuilder()
                    .addRegisters(5)
                    .addRegisters(0)
                    .addRules(0)
                    .addRules(3));
            for (int id = 0; id < 45; id++) {
                byte[] data = new byte[random.nextInt(60)];
                random.nextBytes(data);
                for (int i = 0; i < data.length; i++) {
                    data[i] = random.nextInt(3) > 0 ? (byte) (data[i] & 7) : data[i];
                }
                made.addColumns(column(id, data.length, data));
            }
            Path file = file(HeaderCoder.encode(TraceHeader.of("test")), made.build());
            try (HtrTrace trace = HtrTrace.open(file)) {
                List<Event> events = HtrFiles.read(trace);
                boolean complete = events.size() == 200;
                assertEquals(complete ? 1 : 2, trace.damage().size(), "seed " + seed);
            }
        }
    }

    @Test
    void manyShapes_endAChunkEarly() throws IOException {
        List<Event> events = new ArrayList<>();
        List<Register> all = Register.all();
        for (int i = 0; i < ShapeDecoder.MAX_SHAPES + 100; i++) {
            State.Builder state = State.builder();
            for (int bit = 0; bit < 13; bit++) {
                if ((i >>> bit & 1) != 0) {
                    state.known(all.get(bit), i);
                }
            }
            events.add(new Event.Step(0, i * 4, Optional.empty(), state.build(), List.of()));
        }
        try (HtrTrace trace = HtrTrace.open(HtrFiles.write(folder.resolve("shapes.htr"), events, 1 << 16))) {
            assertEquals(2, trace.chunks());
            HtrFiles.assertSame(events, HtrFiles.read(trace), "shapes");
        }
    }

    @Test
    void headerThatIsNoMessage_isRefused() throws IOException {
        byte[] junk = {(byte) 0xff, (byte) 0xff, 1, 2, 3};
        Path file = Files.write(folder.resolve("junk.htr"), Frame.encode(Frame.Kind.HEADER, junk, junk.length));
        String message = assertThrows(TraceFormatException.class, () -> HtrTrace.open(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": byte 0: a message breaks off: "), message);
    }
}
