package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code diff} and {@code replay} from the outside: what they print and how they end. */
class DiffCommandTest {
    @TempDir
    private Path folder;

    @Test
    void callerOfG1_onAStubOfG3_isDifferentAndToldInTheFirstLines() throws IOException {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = Cli.imported("g1-on-g3", folder);
        Cli cli = Cli.run("diff", left, right).without(folder);
        assertEquals("", cli.err());
        assertEquals(1, cli.status());
        Golden.assertSame("golden/diff-g1.txt", cli.out());
    }

    @Test
    void recordings_thatAreEqual_areTheSame() {
        Path left = Cli.imported("g1-on-g1", folder);
        Cli cli = Cli.run("diff", left, left);
        assertTrue(cli.out().startsWith("SAME: 5 hypercalls, "), cli::out);
        assertEquals(0, cli.status());
    }

    @Test
    void recordings_withoutAHypercall_areNoSuccess() throws IOException {
        Path table = Files.writeString(folder.resolve("steps.csv"), "address,R0\n0x40010000,0x00000001\n");
        Path file = folder.resolve("steps.htr");
        assertEquals(0, Cli.run("import", "-o", file, table).status());
        Cli cli = Cli.run("diff", file, file);
        assertTrue(cli.out().startsWith("NOTHING COMPARED"), cli::out);
        assertEquals(2, cli.status());
    }

    @Test
    void json_holdsWhatTheContractSays() {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = Cli.imported("g1-on-g3", folder);
        Cli cli = Cli.run("diff", "--format", "json", left, right);
        JsonObject json = JsonParser.parseString(cli.out()).getAsJsonObject();
        assertEquals(List.of("left", "right", "hypercalls", "fields", "divergences"), List.copyOf(json.keySet()));
        JsonObject first = json.getAsJsonArray("divergences").get(0).getAsJsonObject();
        assertEquals(1, first.get("hypercall").getAsInt());
        assertEquals("return", first.get("point").getAsString());
        assertEquals("register", first.get("kind").getAsString());
        assertEquals("R0", first.get("field").getAsString());
        assertEquals("0x40010240", first.get("left").getAsString());
        assertEquals("0x0badca11", first.get("right").getAsString());
        assertEquals(1, cli.status());
    }

    @Test
    void csv_hasAHeaderAndARowForEachDivergence() {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = Cli.imported("g1-on-g3", folder);
        List<String> rows =
                Cli.run("diff", "--format", "csv", left, right).out().lines().toList();
        assertTrue(rows.get(0).startsWith("number,severity,left_hypercall,"), rows::toString);
        assertTrue(
                rows.get(1).startsWith("1,divergence,1,1,return,register,R0,0x40010240,0x0badca11,"), rows::toString);
    }

    @Test
    void colour_isUsedOnATerminalOrWhenAskedFor() {
        Path left = Cli.imported("g1-on-g1", folder);
        String escape = "\u001b[";
        assertFalse(Cli.run("diff", left, left).out().contains(escape));
        assertTrue(Cli.run("diff", "--color", "always", left, left).out().contains(escape));
        assertTrue(Cli.run(List.of("out"), Map.of(), "diff", left, left).out().contains(escape));
        assertFalse(Cli.run(List.of("out"), Map.of("NO_COLOR", "1"), "diff", left, left)
                .out()
                .contains(escape));
        assertFalse(Cli.run(List.of("out"), Map.of(), "diff", "--color", "never", left, left)
                .out()
                .contains(escape));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g1-on-g1", "g1-on-g3", "g3-on-g3-thumb", "g4z-on-g4z"})
    void recording_besideItsStepReplay_isTheSame(String guest) {
        Cli cli = Cli.run("diff", Cli.imported(guest, folder));
        assertTrue(cli.out().startsWith("SAME: "), cli::out);
        assertEquals("", cli.err());
        assertEquals(0, cli.status());
    }

    @Test
    void recording_besideItsCallReplay_isTheSame() {
        Cli cli = Cli.run("diff", "--mode", "call", Cli.imported("g1-on-g1", folder));
        assertTrue(cli.out().startsWith("SAME: 5 hypercalls, "), cli::out);
        assertEquals(0, cli.status(), cli::err);
    }

    @Test
    void recording_besideARunOfItsImage_isTheSame() {
        Path image = Cli.GUESTS.resolve("g1-on-g1.elf");
        Cli cli = Cli.run("diff", "--mode", "run", "--image", image, Cli.imported("g1-on-g1", folder));
        assertTrue(cli.out().startsWith("SAME: 5 hypercalls, "), cli::out);
        assertEquals(0, cli.status(), cli::err);
    }

    @Test
    void recording_besideARunOfAnotherImage_isDifferent() {
        Path image = Cli.GUESTS.resolve("g1-on-g3.elf");
        Cli cli = Cli.run("diff", "--mode", "run", "--image", image, Cli.imported("g1-on-g1", folder));
        assertTrue(cli.out().startsWith("DIFFERENT: hypercall 1, return, R0: "), cli::out);
        assertEquals(1, cli.status(), cli::err);
    }

    @Test
    void runReplay_loadsWhatItIsTold() {
        Path image = Cli.GUESTS.resolve("g1-on-g1.elf");
        Path recording = Cli.imported("g1-on-g1", folder);
        Cli.run("diff", "--mode", "run", "--image", image, "--load", "no-such-file@0x48000000", recording)
                .assertTrouble("hyptrace: no-such-file: no such file or directory");
    }

    @Test
    void runReplay_withoutAnImage_isRefused() {
        Cli.run("diff", "--mode", "run", Cli.imported("g1-on-g1", folder))
                .assertTrouble("hyptrace: --mode run needs --image IMAGE");
    }

    @Test
    void mode_withTwoRecordings_isRefused() {
        Path left = Cli.imported("g1-on-g1", folder);
        Cli.run("diff", "--mode", "step", left, left)
                .assertTrouble(
                        "hyptrace: --mode, --image and --bios are for a replay, but two recordings are compared");
    }

    @Test
    void replay_ofARecording_canBeRecordedAndIsTheSame() {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = folder.resolve("replayed.htr");
        Cli replay = Cli.run("replay", "-o", right, left).without(folder);
        assertEquals("hyptrace replay: g1-on-g1.htr: 177 instructions replayed by step\n", replay.err());
        assertEquals(0, replay.status());
        Cli cli = Cli.run("diff", left, right);
        assertTrue(cli.out().startsWith("SAME: 5 hypercalls, "), cli::out);
        assertEquals(0, cli.status());
    }
}
