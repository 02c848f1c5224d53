package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code import} of what tools of CoreSight traces write: listings of OpenCSD, tables and snapshots of DS-5. */
class CoreSightImportTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples");
    private static final Path LISTING = SAMPLES.resolve("coresight").resolve("hypercalls-ptm.txt");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "auto, coresight/tc2.txt.gz, '19,982 steps, 0 hypercalls'",
        "coresight, coresight/tc2.txt.gz, '19,982 steps, 0 hypercalls'",
        "auto, ds5/a15-excerpt.txt, '51 steps, 0 hypercalls'",
        "ds5, ds5/tc2-0x13-excerpt.txt, '59 steps, 0 hypercalls'",
        "auto, snapshot/device1.ini, '0 steps, 0 hypercalls'",
        "auto, snapshot/snapshot.ini, '0 steps, 0 hypercalls'",
        "snapshot, snapshot/snapshot.ini, '0 steps, 0 hypercalls'"
    })
    void sample_becomesARecording(String format, String file, String summary) {
        Path out = folder.resolve("out.htr");
        Cli cli = Cli.run("import", "--format", format, "-o", out, SAMPLES.resolve(file));
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().startsWith("hyptrace import: " + out + ": " + summary), cli::err);
    }

    @Test
    void code_givesTheHypercallsOfAListing() {
        Path out = folder.resolve("out.htr");
        String code = SAMPLES.resolve("coresight").resolve("synthetic.bin") + "@0x40000000";
        Cli cli = Cli.run("import", "--code", code, "-o", out, LISTING);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().startsWith("hyptrace import: " + out + ": 43 steps, 2 hypercalls"), cli::err);
        Cli shown = Cli.run("show", out);
        assertTrue(shown.out().contains("40000078"), shown::out);
        assertTrue(shown.out().contains("400000f0"), shown::out);
    }

    @Test
    void snapshot_showsTheBankedRegisters() {
        Path out = folder.resolve("out.htr");
        Cli.run("import", "-o", out, SAMPLES.resolve("snapshot").resolve("device1.ini"));
        Cli info = Cli.run("info", out);
        assertEquals(0, info.status(), info::err);
        assertTrue(info.out().contains("SP_hyp"), info::out);
    }

    @Test
    void code_forAnotherFormat_isRefused() {
        Path file = SAMPLES.resolve("ds5").resolve("a15-excerpt.txt");
        Path out = folder.resolve("out.htr");
        String code = SAMPLES.resolve("coresight").resolve("synthetic.bin") + "@40000000";
        Cli.run("import", "--code", code, "-o", out, file)
                .assertTrouble("hyptrace: --code: " + file + " is of the format ds5, expected coresight");
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@", "@8000", "x@zz", "x@123456789"})
    void codeWithoutAnAddress_isRefused(String code) {
        Cli cli = Cli.run("import", "--code", code, "-o", folder.resolve("out.htr"), LISTING);
        assertEquals(2, cli.status());
        assertTrue(cli.err().contains("expected FILE or FILE@ADDRESS, such as kernel.bin@0xc0008000"), cli::err);
    }

    @Test
    void codeThatIsNoElf_isRefusedBeforeAnythingIsRead() throws IOException {
        Path code = Files.writeString(folder.resolve("code"), "x".repeat(64));
        Path out = folder.resolve("out.htr");
        Cli.run("import", "--code", code, "-o", out, LISTING)
                .assertTrouble("hyptrace: " + code
                        + ": byte 0: no ELF file of a 32-bit program, expected one, or FILE@ADDRESS");
        assertFalse(Files.exists(out));
    }
}
