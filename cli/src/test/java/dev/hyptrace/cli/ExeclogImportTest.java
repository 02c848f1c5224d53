package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code import} of logs of QEMU's plugin execlog. */
class ExeclogImportTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "execlog");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "allhypentries-qemu7.2.execlog.gz, auto",
        "allhypentries-registers-qemu10.0.2.execlog.gz, auto",
        "allhypentries-registers-qemu10.0.2.execlog.gz, execlog"
    })
    void import_ofALog_keepsEveryEvent(String name, String format) throws IOException {
        Path out = folder.resolve("out.htr");
        Path file = SAMPLES.resolve(name);
        Cli result = Cli.run("import", "--format", format, "-o", out, file);
        assertEquals(0, result.status(), result.toString());
        List<Event> expected = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Execlog.read(name, in, expected::add);
        }
        try (Trace trace = Traces.open(out);
                EventReader events = trace.events()) {
            assertEquals("execlog", trace.header().source());
            for (Event event : expected) {
                assertEquals(event, events.next());
            }
            assertEquals(null, events.next());
        }
    }
}
