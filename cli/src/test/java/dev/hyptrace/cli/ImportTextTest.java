package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hyptrace import} of ftrace texts and of consoles. */
class ImportTextTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples");
    private static final Path FTRACE = SAMPLES.resolve("ftrace").resolve("linux-5.4-kvm-icount.ftrace.gz");
    private static final Path OOPS = SAMPLES.resolve("uart").resolve("linux-5.4-oops.uart.gz");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "ftrace"})
    void ftrace_becomesARecordingOfTheGuestsHypercalls(String format) {
        Path out = folder.resolve("kvm.htr");
        Cli cli = Cli.run("import", "--format", format, "-o", out, FTRACE).without(folder);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().startsWith("hyptrace import: kvm.htr: 0 steps, 4 hypercalls, "), cli::err);
        Cli shown = Cli.run("show", out);
        assertEquals(0, shown.status(), shown::err);
        assertTrue(shown.out().contains("80000010"), shown::out);
        assertTrue(shown.out().contains("dead0001"), shown::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "uart"})
    void console_becomesARecording(String format) {
        Path out = folder.resolve("oops.htr");
        Cli cli = Cli.run("import", "--format", format, "-o", out, OOPS).without(folder);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().startsWith("hyptrace import: oops.htr: 0 steps, 0 hypercalls, "), cli::err);
    }

    @Test
    void consoleThatShowsHowATraceBegins_isAConsole() {
        Path log = Path.of("..", "traces", "samples", "uart", "linux-5.4-svc.uart.gz");
        Cli cli = Cli.run("import", "-o", folder.resolve("svc.htr"), log).without(folder);
        assertEquals(0, cli.status(), cli::err);
    }

    @Test
    void pipe_isReadToItsEnd() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor() == 0, "needs mkfifo");
        Process writer =
                new ProcessBuilder("sh", "-c", "exec cat \"$0\" > \"$1\"", FTRACE.toString(), pipe.toString()).start();
        Cli cli = Cli.run("import", "-o", folder.resolve("piped.htr"), pipe).without(folder);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().startsWith("hyptrace import: piped.htr: 0 steps, 4 hypercalls, "), cli::err);
        assertEquals(0, writer.waitFor());
    }

    @Test
    void patterns_onTheCommandLineAndInAFile_areTried() throws IOException {
        Path log = Files.writeString(folder.resolve("u.log"), "r0=0000000a\nr1=zz\n");
        Path patterns = Files.writeString(folder.resolve("p.txt"), "# mine\n\nr1=(?<r1>\\w+)\n");
        Path out = folder.resolve("u.htr");
        Cli cli = Cli.run(
                        "import",
                        "--format=uart",
                        "--pattern",
                        "r0=(?<r0>\\w{8})",
                        "--patterns",
                        patterns,
                        "-o",
                        out,
                        log)
                .without(folder);
        assertTrue(
                cli.err()
                        .startsWith(
                                "hyptrace import: u.log: line 2: the group 'r1' matches a text that is no number of its"
                                        + " register\n"),
                cli::err);
        assertEquals(2, cli.status());
    }

    @Test
    void pattern_thatIsNone_isRefusedBeforeAnythingIsRead() throws IOException {
        Path patterns = Files.writeString(folder.resolve("p.txt"), "# mine\nr1=(\\w+)\n");
        Path out = folder.resolve("u.htr");
        Cli.run("import", "--format=uart", "--patterns", patterns, "-o", out, OOPS)
                .assertTrouble(
                        "hyptrace: " + patterns + ": line 2: 'r1=(\\w+)' has no group that is a register, expected"
                                + " one such as (?<r0>[0-9a-f]{8})");
        assertFalse(Files.exists(out));
    }

    @Test
    void pattern_forAnotherFormat_isRefused() {
        Path out = folder.resolve("u.htr");
        Cli.run("import", "--pattern", "(?<r0>x)", "-o", out, OOPS)
                .assertTrouble("hyptrace: --pattern: --format is auto, expected uart");
    }
}
