package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code import} of logs of QEMU's plugin execlog, of its migration stream, and of tables by a map. */
class ExeclogImportTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "execlog");

    @TempDir
    private Path folder;

    @Test
    void import_ofAMigrationStream_isASnapshot() throws IOException {
        Path out = folder.resolve("out.htr");
        Cli result = Cli.run("import", "-o", out, SAMPLES.resolve("../migration/at-hvc-qemu7.2.migration.gz"));
        assertEquals(0, result.status(), result.toString());
        try (Trace trace = Traces.open(out);
                EventReader events = trace.events()) {
            assertEquals("qemu-migration", trace.header().source());
            assertEquals(new Event.Note(0, "machine virt-7.2"), events.next());
            Event.Snapshot snapshot = (Event.Snapshot) events.next();
            assertEquals(0x4000007cL, snapshot.state().require(Register.ELR_HYP));
        }
    }

    @Test
    void import_ofATable_needsItsFormatAndAMapThatIsRight() throws IOException {
        Path map = Files.writeString(folder.resolve("list.map"), "set: a32\nPC = address\nOpcode = encoding\n");
        Path table = Files.writeString(folder.resolve("list.csv"), "PC,Opcode\n40000000,E1A00000\n");
        Path out = folder.resolve("table.htr");
        Cli result = Cli.run("import", "--format", "csv", "--columns", map, "-o", out, table);
        assertEquals(0, result.status(), result.toString());
        try (Trace trace = Traces.open(out);
                EventReader events = trace.events()) {
            assertEquals(0x40000000, ((Event.Step) events.next()).address());
        }
        Cli.run("import", "--columns", map, "-o", folder.resolve("no.htr"), table)
                .assertTrouble("hyptrace: --columns: --format is auto, expected csv");
        Files.writeString(map, "PC = adress\n");
        assertTrue(Cli.run("import", "--format", "csv", "--columns", map, "-o", folder.resolve("no.htr"), table)
                .err()
                .startsWith("hyptrace: " + map + ": line 1: 'adress' is no role and no register"));
    }

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
