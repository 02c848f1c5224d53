package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.tarmac.TarmacWriter;
import dev.hyptrace.recorder.text.TextWriter;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of mutated logs can be written as a log and as Tarmac, and read back with each step in its place.
 */
class MutatedExportTest {
    private static final String READ = "log";
    private static final String WRITTEN = "written";

    @Test
    void eventsOfMutatedLogs_areWrittenAndReadBack() throws IOException {
        HostileInput.text("export", MutatedLogTest.samples(), MutatedLogTest.LIKELY)
                .refusedWith(TraceFormatException.class, READ + ": line ")
                .read(400, MutatedExportTest::check);
    }

    private static String check(byte[] log) throws IOException {
        List<Event> events = new ArrayList<>();
        QemuLog.read(READ, new ByteArrayInputStream(log), events::add);
        List<String> steps = steps(events);
        StringBuilder text = new StringBuilder();
        write(events, new QemuLogWriter(QemuLog.header(), text, (instruction, address) -> "insn"));
        List<Event> fromLog = new ArrayList<>();
        if (text.length() > 0) {
            QemuLog.read(WRITTEN, new ByteArrayInputStream(bytes(text)), fromLog::add);
        }
        assertEquals(steps, steps(fromLog), "as a log");
        text.setLength(0);
        write(events, new TarmacWriter(text, (instruction, address) -> "insn"));
        List<Event> fromTarmac = new ArrayList<>();
        if (text.length() > 0) {
            Tarmac.read(WRITTEN, new ByteArrayInputStream(bytes(text)), fromTarmac::add);
        }
        assertEquals(steps, steps(fromTarmac), "as Tarmac");
        return events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .distinct()
                        .toList() + " " + fromTarmac.size() / 8;
    }

    private static void write(List<Event> events, TextWriter writer) throws IOException {
        for (Event event : events) {
            writer.accept(event);
        }
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> steps(List<Event> events) {
        return events.stream()
                .filter(Event.Step.class::isInstance)
                .map(Event.Step.class::cast)
                .filter(step -> step.cpu() == 0)
                .map(step -> Integer.toHexString(step.address()))
                .toList();
    }
}
