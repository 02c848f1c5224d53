package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files for tests. */
final class HtrFiles {
    private HtrFiles() {}

    static Path write(Path file, List<Event> events, int chunkEvents) throws IOException {
        return write(file, TraceHeader.of("test"), events, chunkEvents);
    }

    static Path write(Path file, TraceHeader header, List<Event> events, int chunkEvents) throws IOException {
        return write(file, header, events, TraceWriter.Options.standard().withChunks(chunkEvents));
    }

    static Path write(Path file, List<Event> events, TraceWriter.Options options) throws IOException {
        return write(file, TraceHeader.of("test"), events, options);
    }

    private static Path write(Path file, TraceHeader header, List<Event> events, TraceWriter.Options options)
            throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, header, options.overwriting())) {
            for (Event event : events) {
                writer.accept(event);
            }
        }
        return file;
    }

    static void assertSame(List<Event> expected, List<Event> actual, String what) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i), what + ", event " + i);
        }
        assertEquals(expected.size(), actual.size(), what);
    }

    static List<Event> read(Trace trace) throws IOException {
        try (EventReader reader = trace.events()) {
            return rest(reader);
        }
    }

    static List<Event> rest(EventReader reader) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }

    /**
     * Every event read was written, in that order; what is missing is marked by gaps that the file does not have.
     *
     * @return how many of them are not such gaps
     */
    static int countRead(List<Event> written, List<Event> read, String what) {
        int place = 0;
        int count = 0;
        for (Event event : read) {
            boolean marks = event instanceof Event.Gap gap && gap.reason().contains("cannot be read");
            while (!marks && place < written.size() && !written.get(place).equals(event)) {
                place++;
            }
            if (!marks && place == written.size()) {
                throw new AssertionError(what + ": " + event + " was not written");
            }
            place += marks ? 0 : 1;
            count += marks ? 0 : 1;
        }
        return count;
    }

    /** A few calls with steps, made the way a QEMU log is, over several chunks. */
    static List<Event> withHypercalls(int calls) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int site = 0x8000 + 16 * i;
            events.add(step(0xd3, site, 0xe140_0070, i));
            events.add(new Event.Note(1, "another processor " + i));
            events.add(new Event.ExceptionEntry(
                    0,
                    ExceptionKind.HYPERVISOR_CALL,
                    Optional.empty(),
                    Optional.of(Mode.HYP),
                    State.builder().known(Register.HSR, 0x4a00_0000).build()));
            events.add(step(0xda, 0x9014, 0xe3a0_0000, i));
            events.add(step(0xda, 0x9018, 0xe160_006e, 0));
            events.add(new Event.ExceptionReturn(
                    0,
                    Optional.of(Mode.HYP),
                    Optional.of(Mode.SVC),
                    State.builder().known(Register.PC, site + 4).build()));
            events.add(step(0xd3, site + 4, 0xe320_f000, 0));
        }
        return events;
    }

    private static Event step(int cpsr, int address, int encoding, int r0) {
        return new Event.Step(
                0,
                address,
                Instruction.a32(encoding),
                State.builder()
                        .known(Register.R0, r0)
                        .known(Register.PC, address)
                        .known(Register.CPSR, cpsr)
                        .build());
    }
}
