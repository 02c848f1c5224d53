package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Divergences put into the recording of Debian's kernel the way a user would: exported, edited, imported. Each is the only
 * finding, and it names the call, the point, the kind and the field.
 */
class PlantedInSampleTest {
    private static final Path DEBIAN = Path.of("..", "traces", "samples", "debian-6.1.0-50-armmp.htr");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // call, column, bits flipped, what is found
        "1, call.R0, 0x1, 1 call register R0 0x00000000 0x00000001",
        "2, vector.R0, 0x8, 2 vector register R0 0x00000000 0x00000008",
        "3, after.R0, 0x80000000, 3 return register R0 0x00000000 0x80000000",
        "1, call.HVBAR, 0x20, 1 call vector HVBAR 0x400149a0 0x40014980",
        "2, vector.HVBAR, 0x20, 2 vector vector HVBAR 0x415ad200 0x415ad220",
        "2, after.HVBAR, 0x20, 2 return vector HVBAR 0x415aa1e0 0x415aa1c0",
        "1, call.CPSR, 0x4, 1 call mode CPSR.M 0x00000013 0x00000017",
        "2, vector.CPSR, 0x1, 2 vector mode CPSR.M 0x0000001a 0x0000001b",
        "1, after.CPSR, 0x4, 1 return mode CPSR.M 0x00000013 0x00000017",
        "3, call.CPSR, 0x80, 3 call mode CPSR.I 0x00000001 0x00000000",
        "1, vector.CPSR, 0x80, 1 vector mode CPSR.I 0x00000001 0x00000000",
        "2, after.CPSR, 0x80, 2 return mode CPSR.I 0x00000001 0x00000000",
        "2, vector.HSR, 0x1, 2 vector register HSR.ISS 0x00000000 0x00000001",
        "3, vector.HSR, 0x4000000, 3 vector register HSR.EC 0x00000012 0x00000013",
    })
    void oneBit_ofAHypercall_isTheOnlyFinding(int call, String column, String bits, String expected)
            throws IOException {
        List<String[]> table = export();
        flip(table.get(call), column(table, column), Long.decode(bits));
        assertEquals(List.of(expected), found("diff", "--format", "json", DEBIAN, imported(table)));
    }

    @ParameterizedTest
    @CsvSource({
        // step, column, bits flipped, what the replay finds
        "62, R0, 0x2, 1 vector register R0 0x00000002 0x00000000",
        "65, R0, 0x1, 1 null register R0 0x00000001 0x00000000",
        "66, HVBAR, 0x40, 1 null vector HVBAR 0x415ad240 0x415ad200",
        "70, CPSR, 0x4, 1 null mode CPSR.M 0x0000001e 0x0000001a",
        "71, CPSR, 0x80, 2 null mode CPSR.I 0x00000000 0x00000001",
        "72, R1, 0x8, 2 null register R1 0x415aa1e8 0x415aa1e0",
        "78, R0, 0x1, 3 vector register R0 0x00000001 0x00000000",
    })
    void oneBit_ofAStep_isTheOnlyFindingOfItsReplay(int step, String column, String bits, String expected)
            throws IOException {
        List<String[]> table = export("--steps");
        flip(table.get(step + 1), column(table, column), Long.decode(bits));
        assertEquals(List.of(expected), found("diff", "--format", "json", imported(table)));
    }

    @ParameterizedTest
    @CsvSource({
        // the rows, what is found
        "2 3, 1 call presence hypercall 0x40014970 null",
        "1 3, 2 call presence hypercall 0x415ad1d0 null",
        "1 2, 3 call presence hypercall 0x415a9b68 null",
        "1 2 2 3, 3 call presence hypercall null 0x415ad1d0",
        "2 1 3, 1 call presence order 1 2",
    })
    void callThatIsMissingOrTooMany_isTheOnlyFinding(String rows, String expected) throws IOException {
        List<String[]> table = export();
        List<String[]> kept = new ArrayList<>(table.subList(0, 1));
        Arrays.stream(rows.split(" ")).map(Integer::valueOf).map(table::get).forEach(kept::add);
        assertEquals(List.of(expected), found("diff", "--format", "json", DEBIAN, imported(kept)));
    }

    @Test
    void nothingPlanted_isNothingFound() throws IOException {
        assertEquals(List.of(), found("diff", "--format", "json", DEBIAN, imported(export())));
        assertEquals(List.of(), found("diff", "--format", "json", imported(export("--steps"))));
    }

    /** The rows of the exported table; no cell of it has a comma or a quote. */
    private static List<String[]> export(String... options) {
        List<Object> words = new ArrayList<>(List.of("export", "--format", "csv", DEBIAN));
        words.addAll(List.of(options));
        Cli cli = Cli.run(words.toArray());
        assertEquals(0, cli.status(), cli::err);
        return cli.out().lines().map(line -> line.split(",", -1)).collect(Collectors.toCollection(ArrayList::new));
    }

    private static int column(List<String[]> table, String name) {
        return List.of(table.get(0)).indexOf(name);
    }

    private static void flip(String[] row, int column, long bits) {
        row[column] = String.format(Locale.ROOT, "0x%08x", Long.decode(row[column]) ^ bits);
    }

    private Path imported(List<String[]> table) throws IOException {
        Path csv = folder.resolve("planted.csv");
        Files.write(csv, table.stream().map(row -> String.join(",", row)).toList());
        Path recording = folder.resolve("planted.htr");
        Cli cli = Cli.run("import", "--force", "-o", recording, csv);
        assertEquals(0, cli.status(), cli::err);
        return recording;
    }

    /** The divergences that follow from no other, and by the exit status whether there are any. */
    private static List<String> found(Object... words) {
        Cli cli = Cli.run(words);
        List<String> findings = new ArrayList<>();
        for (JsonElement element :
                JsonParser.parseString(cli.out()).getAsJsonObject().getAsJsonArray("divergences")) {
            JsonObject divergence = element.getAsJsonObject();
            if (divergence.get("follows").isJsonNull()) {
                findings.add(List.of("hypercall", "point", "kind", "field", "left", "right").stream()
                        .map(divergence::get)
                        .map(value -> value.isJsonNull() ? "null" : value.getAsString())
                        .collect(Collectors.joining(" ")));
            }
        }
        assertEquals(findings.isEmpty() ? 0 : 1, cli.status(), cli::err);
        return findings;
    }
}
