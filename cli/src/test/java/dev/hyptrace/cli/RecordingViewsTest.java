package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code info}, {@code show} and {@code export} print of a recording. */
class RecordingViewsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "info, info.txt",
        "show, show.txt",
        "show --hypercall 2, show-hypercall.txt",
        "show --step 98, show-step.txt",
    })
    void view_ofARecording_isAsInTheGoldenFile(String command, String golden) throws IOException {
        Cli cli = run(command, Cli.imported("g1-on-g1", folder)).without(folder);
        assertEquals("", cli.err());
        assertEquals(0, cli.status());
        Golden.assertSame("golden/" + golden, cli.out().replaceAll("(size +).* bytes per step", "$1(not compared)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info",
                "info --format json",
                "show",
                "show --hypercall 1",
                "show --step 1",
                "export --format json",
                "export --format csv",
                "diff",
                "diff --format csv",
                "diff --format json"
            })
    void output_doesNotDependOnTheLocale(String command) {
        Path file = Cli.imported("g1-on-g1", folder);
        Cli expected = run(command, file);
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"de", "ar-EG", "tr", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(expected, run(command, file), tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Cli run(String command, Path file) {
        String[] words = (command + " FILE").split(" ");
        words[words.length - 1] = file.toString();
        return Cli.run((Object[]) words);
    }

    @Test
    void export_asJson_holdsWhatTheContractSays() {
        Cli cli = run("export --format json", Cli.imported("g1-on-g1", folder));
        JsonObject json = JsonParser.parseString(cli.out()).getAsJsonObject();
        assertEquals(List.of("source", "hypercalls"), List.copyOf(json.keySet()));
        assertEquals(5, json.getAsJsonArray("hypercalls").size());
        JsonObject first = json.getAsJsonArray("hypercalls").get(0).getAsJsonObject();
        assertEquals(
                List.of("hypercall", "outcome", "immediate", "call", "vector", "return"), List.copyOf(first.keySet()));
        assertEquals("returned", first.get("outcome").getAsString());
        assertEquals("0x40010240", first.getAsJsonObject("return").get("R0").getAsString());
        assertEquals("0x5d0000b1", first.getAsJsonObject("call").get("SP").getAsString());
        assertEquals(null, first.getAsJsonObject("call").get("HVBAR"));
    }

    @Test
    void info_asJson_countsWhatIsThere() {
        Cli cli = run("info --format json", Cli.imported("g1-on-g1", folder));
        JsonObject json = JsonParser.parseString(cli.out()).getAsJsonObject();
        assertEquals("qemu-log", json.get("source").getAsString());
        assertEquals(177, json.getAsJsonObject("events").get("step").getAsInt());
        assertEquals(5, json.getAsJsonObject("hypercalls").get("returned").getAsInt());
        assertEquals(0, json.getAsJsonArray("damage").size());
    }

    @Test
    void table_thatWasExported_canBeImportedAndIsTheSame() throws IOException {
        Path file = Cli.imported("g1-on-g1", folder);
        Path table = Files.writeString(
                folder.resolve("calls.csv"),
                Cli.run("export", "--format", "csv", file).out());
        Path again = folder.resolve("again.htr");
        assertEquals(0, Cli.run("import", "-o", again, table).status());
        Cli cli = Cli.run("diff", file, again);
        assertEquals(0, cli.status(), cli::out);
    }

    @Test
    void steps_asJson_areRefused() {
        Path file = Cli.imported("g1-on-g1", folder);
        Cli.run("export", "--format", "json", "--steps", file).assertTrouble("hyptrace: --steps needs --format csv");
    }

    @Test
    void stepTable_hasARowForEachStep() {
        Path file = Cli.imported("g1-on-g1", folder);
        Cli cli = Cli.run("export", "--format", "csv", "--steps", file);
        assertEquals(1 + 177, cli.out().lines().count());
    }

    @Test
    void files_thatAreImportedTogether_followEachOther() {
        Path out = folder.resolve("both.htr");
        Cli cli = Cli.run(
                        "import",
                        "-o",
                        out,
                        Cli.SAMPLES.resolve("g1-on-g1.qemu.log.gz"),
                        Cli.SAMPLES.resolve("g3-on-g3.qemu.log.gz"))
                .without(folder);
        assertEquals(0, cli.status());
        assertEquals(1 + 5 + 6, Cli.run("show", out).out().lines().count());
    }
}
