package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.tarmac.Tarmac;
import dev.hyptrace.recorder.tarmac.TarmacWriter;
import dev.hyptrace.recorder.text.TextWriter;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of mutated logs can be written as a log and as Tarmac, and read back with each step in its place. A failure
 * names its input. {@code -Dhyptrace.export.inputs=N} takes N inputs.
 */
class MutatedExportTest {
    private static final List<String> LOGS =
            List.of(SampleLogs.BARE_METAL_7, SampleLogs.BARE_METAL_10, SampleLogs.BLOCKS_FPU, SampleLogs.KVM_INT_ONLY);
    private static final int INPUTS = Integer.getInteger("hyptrace.export.inputs", 400);

    @Test
    void eventsOfMutatedLogs_areWrittenAndReadBack() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (String name : LOGS) {
            originals.add(SampleLogs.text(name));
        }
        for (int input = 0; input < INPUTS; input++) {
            byte[] original = originals.get(input % originals.size());
            check("input " + input, MutatedLogTest.mutate(original, new Random(input)));
        }
    }

    private static void check(String what, byte[] log) throws IOException {
        List<Event> events = new ArrayList<>();
        try {
            QemuLog.read(what, new ByteArrayInputStream(log), events::add);
        } catch (TraceFormatException refused) {
            return;
        }
        List<String> steps = steps(events);
        StringBuilder text = new StringBuilder();
        write(events, new QemuLogWriter(QemuLog.header(), text, (instruction, address) -> "insn"));
        List<Event> fromLog = new ArrayList<>();
        if (text.length() > 0) {
            QemuLog.read(what, new ByteArrayInputStream(bytes(text)), fromLog::add);
        }
        assertEquals(steps, steps(fromLog), what + " as a log");
        text.setLength(0);
        write(events, new TarmacWriter(text, (instruction, address) -> "insn"));
        List<Event> fromTarmac = new ArrayList<>();
        if (text.length() > 0) {
            Tarmac.read(what, new ByteArrayInputStream(bytes(text)), fromTarmac::add);
        }
        assertEquals(steps, steps(fromTarmac), what + " as Tarmac");
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
