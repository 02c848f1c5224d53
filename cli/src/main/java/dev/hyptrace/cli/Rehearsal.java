package dev.hyptrace.cli;

import dev.hyptrace.cli.console.Console;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Runs the common commands once, with nobody listening, so that their classes are loaded when the launcher has the JVM write
 * its class-data archive.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes the folder that the launcher is in. */
    public static void main(String[] arguments) {
        Console console =
                new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), List.of(), Map.of());
        int trouble = Main.run(console, "--version") | Main.run(console, "--help");
        System.exit(trouble);
    }
}
