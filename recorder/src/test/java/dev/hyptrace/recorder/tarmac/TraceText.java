package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads traces for the tests. */
final class TraceText {
    static final String FAST_MODEL = "calculator-aarch32-fastmodel.tarmac.gz";
    static final String CYCLE_MODEL = "calculator-aarch32-es-ld-st-style.tarmac.gz";
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "tarmac");

    private TraceText() {}

    /** What became of a trace. */
    record Result(List<Event> events, TarmacReport report) {
        <E extends Event> List<E> all(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        Event.Step step(int n) {
            return all(Event.Step.class).get(n);
        }

        Event.Snapshot last() {
            return (Event.Snapshot) events.get(events.size() - 1);
        }
    }

    static Result read(String... lines) throws IOException {
        return read(String.join("\n", lines).concat("\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Result read(byte[] trace) throws IOException {
        List<Event> events = new ArrayList<>();
        TarmacReport report = Tarmac.read("trace", new ByteArrayInputStream(trace), events::add);
        return new Result(events, report);
    }

    /** The bytes of a sample as they are in the file. */
    static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(SAMPLES.resolve(name));
    }

    static byte[] text(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sample(name)))) {
            return in.readAllBytes();
        }
    }
}
