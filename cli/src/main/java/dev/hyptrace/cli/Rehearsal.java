package dev.hyptrace.cli;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the common commands once, with nobody listening, so that their classes are loaded when the launcher has the JVM write
 * its class-data archive.
 */
final class Rehearsal {
    private final Console console =
            new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), List.of(), Map.of());
    private boolean failed;

    private Rehearsal() {}

    /** Takes the folder that the launcher is in. */
    public static void main(String[] arguments) throws IOException {
        Rehearsal rehearsal = new Rehearsal();
        rehearsal.run("--version");
        rehearsal.run("--help");
        Path samples = Path.of(arguments[0], "traces", "samples", "guests");
        if (Files.exists(samples)) {
            rehearsal.runWith(samples);
        }
        System.exit(rehearsal.failed ? ExitStatus.TROUBLE : ExitStatus.SAME);
    }

    private void runWith(Path samples) throws IOException {
        Path left = samples.resolve("g1-on-g1.htr");
        Path right = samples.resolve("g1-on-g3.htr");
        for (String format : List.of("text", "json")) {
            run("diff", "--format", format, left, right);
            run("diff", "--format", format, left);
            run("info", "--format", format, left);
        }
        run("show", left);
        run("show", left, "--hypercall", 1);
        run("show", left, "--step", 1);
        run("export", "--format", "csv", left);
        Path copy = Files.createTempFile("hyptrace", ".htr");
        run("import", "--force", "-o", copy, samples.resolve("g1-on-g1.qemu.log.gz"));
        Files.delete(copy);
    }

    private void run(Object... words) {
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        failed |= Main.run(console, arguments) > ExitStatus.DIFFERENT;
    }
}
