package dev.hyptrace.traces.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.SampleTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables with bytes, cells and rows changed: they are refused with a sentence that names the line, or are what they say. */
class MutatedTableTest {
    private static final String NAME = "table.csv";
    private static final String[] CELLS = {
        "0x80008000",
        "returned",
        "did not return",
        "svc",
        "hyp",
        "?",
        "0x4a001234",
        "\"",
        "\"a\nb\"",
        ",,,",
        ",call.R0",
        ",cpu",
        "1024"
    };

    /** Writes a trace as a table. */
    private interface Writing {
        void write(Trace trace, Appendable out) throws IOException;
    }

    private static String table(Trace trace, Writing writing) throws IOException {
        StringBuilder out = new StringBuilder();
        writing.write(trace, out);
        return out.toString();
    }

    private static Trace trace(List<Event> events) {
        return new InMemoryTrace(NAME, CsvTables.header(), events);
    }

    private static Trace trace(String table) throws IOException {
        List<Event> events = new ArrayList<>();
        CsvTables.read("written", new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)), events::add);
        return trace(events);
    }

    /** In no order and without their numbers: calls are numbered as they end, and those that do not end come last. */
    private static List<String> rows(String table) {
        return table.lines()
                .map(line -> line.substring(line.indexOf(',')))
                .sorted()
                .toList();
    }

    @Test
    void mutatedHypercalls_areRefusedOrRead() throws IOException {
        mutate("hypercalls.csv", CsvTables::writeHypercalls);
    }

    @Test
    void mutatedSteps_areRefusedOrRead() throws IOException {
        mutate("steps.csv", CsvTables::writeSteps);
    }

    /** What was read is written as a table from which it is read again. */
    private static void mutate(String parser, Writing writing) throws IOException {
        byte[] sample = table(SampleTrace.everyOutcome(), writing).getBytes(StandardCharsets.UTF_8);
        HostileInput.text(parser, List.of(sample), CELLS)
                .refusedWith(TraceFormatException.class, NAME + ": line ")
                .read(2000, input -> {
                    List<Event> events = new ArrayList<>();
                    long rows = CsvTables.read(NAME, new ByteArrayInputStream(input), events::add);
                    assertTrue(events.size() >= rows);
                    String written = table(trace(events), writing);
                    assertEquals(rows(written), rows(table(trace(written), writing)));
                    return written.substring(0, written.indexOf('\n'));
                });
    }
}
