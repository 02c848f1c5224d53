package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.text.TextReport;
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

/** Reads logs for the tests. */
final class LogLines {
    static final String QEMU_7 = "allhypentries-qemu7.2.execlog.gz";
    static final String QEMU_10 = "allhypentries-registers-qemu10.0.2.execlog.gz";
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "execlog");

    private LogLines() {}

    /** What became of a log. */
    record Result(List<Event> events, TextReport report) {
        <E extends Event> List<E> all(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<Event.Step> steps() {
            return all(Event.Step.class);
        }
    }

    static Result read(String... lines) throws IOException {
        return read(String.join("\n", lines).concat("\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Result read(byte[] log) throws IOException {
        List<Event> events = new ArrayList<>();
        TextReport report = Execlog.read("log", new ByteArrayInputStream(log), events::add);
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
