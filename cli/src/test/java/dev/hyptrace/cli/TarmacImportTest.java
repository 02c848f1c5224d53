package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.tarmac.Tarmac;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code import} of Tarmac traces. */
class TarmacImportTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "tarmac");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "calculator-aarch32-fastmodel.tarmac.gz, auto",
        "calculator-aarch32-fastmodel.tarmac.gz, tarmac",
        "calculator-aarch32-es-ld-st-style.tarmac.gz, auto"
    })
    void import_ofATrace_keepsEveryEvent(String name, String format) throws IOException {
        Path out = folder.resolve("out.htr");
        Path file = SAMPLES.resolve(name);
        Cli result = Cli.run("import", "--format", format, "-o", out, file);
        assertEquals(0, result.status(), result.toString());
        List<Event> expected = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Tarmac.read(name, in, expected::add);
        }
        try (Trace trace = Traces.open(out);
                EventReader events = trace.events()) {
            assertEquals("tarmac", trace.header().source());
            for (Event event : expected) {
                assertEquals(event, events.next());
            }
            assertEquals(null, events.next());
        }
    }

    @Test
    void import_ofAnAArch64Trace_isRefusedByLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a64.tarmac"), "100 clk IT (135) 00008000 d2a00028 O EL3h_s : MOV      x8,#0x10000\n");
        Path out = folder.resolve("out.htr");
        Cli.run("import", "-o", out, file)
                .assertTrouble("hyptrace: " + file
                        + ": line 1: an instruction in AArch64 state (O), expected AArch32 (A or T)");
        assertFalse(Files.exists(out));
    }

    @Test
    void import_ofADamagedTrace_keepsTheRestAndSaysWhatIsWrong() throws IOException {
        Path file = Files.writeString(
                folder.resolve("damaged.tarmac"),
                "1 clk IT (1) 00008000 e320f000 A svc_n : NOP\n1 clk R r0 0000zz\n2 clk IT (2) 00008004 e320f000 A svc_n :"
                        + " NOP\n");
        Cli result = Cli.run("import", "-o", folder.resolve("out.htr"), file);
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .contains(file + ": line 2: found '1 clk R r0 0000zz', expected a register line such as"
                                + " 'R r13_svc 00100000'"),
                result.err());
    }
}
