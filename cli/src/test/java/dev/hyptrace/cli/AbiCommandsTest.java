package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code abi compare} and {@code abi doc}. */
class AbiCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void compare_ofG2AndG3_isAsInTheGoldenFile() throws IOException {
        Cli cli = Cli.run("abi", "compare", "linux-stub-g2", "linux-stub-g3");
        assertEquals(1, cli.status(), cli::err);
        Golden.assertSame("golden/abi-compare-g2-g3.txt", cli.out());
    }

    @Test
    void compare_ofTheSameCalls_isSame() {
        Cli cli = Cli.run("abi", "compare", "linux-stub-g1", "linux-stub-g1a");
        assertTrue(cli.out().startsWith("SAME: every call, vector and contract.\n"), cli::out);
        assertEquals(0, cli.status());
    }

    @Test
    void compare_asJson_holdsCellsAndHazards() {
        Cli cli = Cli.run("abi", "compare", "linux-stub-g3", "linux-stub-g4k", "--format", "json");
        JsonObject object = JsonParser.parseString(cli.out()).getAsJsonObject();
        assertEquals(false, object.get("same").getAsBoolean());
        assertEquals(2, object.getAsJsonArray("columns").size());
        JsonObject hazard = object.getAsJsonArray("hazards").get(0).getAsJsonObject();
        assertEquals("hvc #0 with r0 = 0", hazard.get("call").getAsString());
        assertEquals("effect", hazard.get("kind").getAsString());
    }

    @Test
    void compare_asCsv_hasAColumnForEachAbi() {
        Cli cli = Cli.run("abi", "compare", "linux-stub-g3", "linux-stub-g4z", "--format", "csv");
        assertTrue(cli.out().startsWith("call,same,linux-stub-g3,linux-stub-g4z\n"), cli::out);
        assertTrue(cli.out().contains("\nr0 = 2,false,HVC_RESET_VECTORS: r0 := 0,error: r0 := 0x0badca11\n"), cli::out);
    }

    @Test
    void compare_asMarkdown_hasATable() {
        Cli cli = Cli.run("abi", "compare", "linux-stub-g3", "linux-stub-g4z", "--format", "markdown");
        assertTrue(cli.out().contains("| call | linux-stub-g3 | linux-stub-g4z |\n|---|---|---|\n"), cli::out);
    }

    /** A party that no description explains is told of, and not passed over in silence. */
    @Test
    void compare_ofARecordingThatIsNotExplained_saysSo() {
        Path recording = Cli.SAMPLES.resolve("g3-on-g3-forgets-r0.htr");
        Cli cli = Cli.run("abi", "compare", "linux-stub-g3", recording);
        assertTrue(cli.err().contains("no description explains the vectors at 0x40010240"), cli::err);
        assertEquals(2, cli.status());
    }

    @Test
    void compare_ofRecordings_comparesWhatExplainsThem() {
        Cli cli = Cli.run("abi", "compare", Cli.SAMPLES.resolve("g2-on-g2.htr"), Cli.SAMPLES.resolve("g3-on-g3.htr"));
        assertTrue(unwrapped(cli).contains("linux-stub-g2 explains the vectors at 0x40010240"), cli::out);
        assertTrue(unwrapped(cli).contains("`hvc #0` with r0 = 0 is HVC_SET_VECTORS there"), cli::out);
        assertEquals(1, cli.status(), cli::err);
    }

    @Test
    void compare_ofAnImage_probesIt() {
        Path image = Path.of("../traces/guests/bin/g3-on-g3-forgets-r0.elf");
        Cli cli = Cli.run("abi", "compare", "--occupants", "1", "linux-stub-g3", image);
        assertTrue(unwrapped(cli).contains("occupant 1 of the Hyp vectors of " + image + ", as probed"), cli::out);
        assertTrue(unwrapped(cli).contains("* r0 = 2 HVC_RESET_VECTORS: r0 := 0"), cli::out);
        assertEquals(1, cli.status(), cli::err);
    }

    @Test
    void compare_ofOne_isTrouble() {
        Cli.run("abi", "compare", "linux-stub-g3")
                .assertTrouble("hyptrace: abi compare needs two ABIs or more, found 1");
    }

    @Test
    void doc_ofG3_isAsInTheGoldenFile() throws IOException {
        Cli cli = Cli.run("abi", "doc", "linux-stub-g3");
        assertEquals(0, cli.status(), cli::err);
        Golden.assertSame("golden/abi-doc-g3.txt", cli.out());
    }

    @Test
    void doc_toAFile_replacesNoneUnlessForced() throws IOException {
        Path file = folder.resolve("g3.html");
        assertEquals(
                0,
                Cli.run("abi", "doc", "linux-stub-g3", "--format", "html", "-o", file)
                        .status());
        assertTrue(Files.readString(file).startsWith("<!DOCTYPE html>\n"));
        Cli.run("abi", "doc", "linux-stub-g3", "-o", file)
                .assertTrouble("hyptrace: " + file + ": exists already; --force replaces it");
        assertEquals(
                0, Cli.run("abi", "doc", "linux-stub-g3", "-o", file, "--force").status());
        assertTrue(Files.readString(file).startsWith("Linux hyp stub, 4.12 to 5.6\n==="));
    }

    @Test
    void doc_ofItsOwnInput_isNotOverwritten() throws IOException {
        Path file =
                Files.writeString(folder.resolve("mine.abi"), "name: \"mine\" party: STUB function { name: \"F\" }\n");
        Cli.run("abi", "doc", file, "-o", file, "--force")
                .assertTrouble("hyptrace: " + file + ": is read by this command and not replaced");
    }

    /** Lines are broken where they are too long. */
    private static String unwrapped(Cli cli) {
        return cli.out().replaceAll("\\s+", " ");
    }
}
