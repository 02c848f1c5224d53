package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One command line, run within this process, and all that a user would see of it. */
public record Cli(int status, String out, String err) {
    /** Where the recordings lie that the tests import. */
    public static final Path SAMPLES = Path.of("..", "traces", "samples", "guests");

    /** Where the guests lie that the tests run. */
    public static final Path GUESTS = Path.of("..", "traces", "guests", "bin");

    /** Runs with neither stream a terminal and an empty environment. */
    public static Cli run(Object... arguments) {
        return run(List.of(), Map.of(), arguments);
    }

    /**
     * Runs.
     *
     * @param terminals which of {@code out} and {@code err} are terminals
     */
    public static Cli run(List<String> terminals, Map<String, String> environment, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int status = Main.run(new Console(out, err, terminals, environment), words);
        return new Cli(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Imports a sample's QEMU log and answers the recording. */
    public static Path imported(String guest, Path folder) {
        Path recording = folder.resolve(guest + ".htr");
        Cli cli = run("import", "-o", recording, SAMPLES.resolve(guest + ".qemu.log.gz"));
        assertEquals(0, cli.status(), cli::err);
        return recording;
    }

    /** The same with the folder's name taken out of all text. */
    public Cli without(Path folder) {
        String name = folder + "/";
        return new Cli(status, out.replace(name, ""), err.replace(name, ""));
    }

    /** Asserts that the command failed with one sentence, and wrote no data. */
    public void assertTrouble(String sentence) {
        assertEquals(sentence + "\n", err);
        assertEquals("", out);
        assertEquals(2, status);
    }
}
