package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QemuLogWriterTest {
    private static final Pattern REGISTERS = Pattern.compile("R\\d\\d=.*|PSR=.*|s\\d\\d=.*|FPSCR: .*");
    private static final Pattern EXCEPTIONS =
            Pattern.compile("Taking exception .*|\\.\\.\\..*|Exception return .*|AArch32 mode switch .*|CPU Reset .*");

    /** What was written of some events. */
    private record Written(String text, List<String> leftOut) {}

    private static Written write(TraceHeader header, List<Event> events) throws IOException {
        StringBuilder out = new StringBuilder();
        QemuLogWriter writer = new QemuLogWriter(header, out, (instruction, address) -> "insn");
        for (Event event : events) {
            writer.accept(event);
        }
        return new Written(out.toString(), writer.leftOut().sentences());
    }

    private static List<Event> read(byte[] log) throws IOException {
        List<Event> events = new ArrayList<>();
        ImportReport report = QemuLog.read("log", new ByteArrayInputStream(log), events::add);
        assertEquals(List.of(), report.problems());
        return events;
    }

    private static List<String> lines(String log, Pattern kind) {
        return log.lines().filter(line -> kind.matcher(line).matches()).toList();
    }

    private static void assertSame(List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i), "line " + i);
        }
        assertEquals(expected.size(), actual.size());
    }

    @ParameterizedTest
    @CsvSource({
        SampleLogs.BARE_METAL_7 + ", 815, 54",
        SampleLogs.BARE_METAL_10 + ", 815, 54",
        SampleLogs.DEBIAN + ", 32005, 25830",
        SampleLogs.KVM + ", 46530, 1212",
        SampleLogs.DEBIAN_INT_ONLY + ", 0, 2094",
        SampleLogs.KVM_INT_ONLY + ", 0, 1253"
    })
    void log_thatWasImported_comesBackLineByLine(String name, int registers, int exceptions) throws IOException {
        String original = new String(SampleLogs.text(name), StandardCharsets.ISO_8859_1);
        List<Event> events = read(SampleLogs.bytes(name));
        Written written = write(QemuLog.header(), events);
        List<String> expected = lines(original, REGISTERS);
        assertSame(expected, lines(written.text(), REGISTERS));
        assertSame(lines(original, EXCEPTIONS), lines(written.text(), EXCEPTIONS));
        assertEquals(registers, expected.size());
        assertEquals(exceptions, lines(original, EXCEPTIONS).size());
        List<Event> again = read(written.text().getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < Math.min(events.size(), again.size()); i++) {
            assertEquals(events.get(i), again.get(i), "event " + i);
        }
        assertEquals(events.size(), again.size());
    }
}
