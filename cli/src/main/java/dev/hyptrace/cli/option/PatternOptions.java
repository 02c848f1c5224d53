package dev.hyptrace.cli.option;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.uart.LinePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The user's own expressions for lines of a console: on the command line and in a file. */
public final class PatternOptions {
    /** A file of expressions is written by hand. */
    private static final long MAX_FILE = 64 * 1024;

    @Option(
            names = "--pattern",
            paramLabel = "REGEX",
            description = "With --format uart: a line that it matches is a state of the registers that its groups name:"
                    + " 'trap (?<pc>[0-9a-f]{8})'. May be given several times.")
    private List<String> expressions = List.of();

    @Option(
            names = "--patterns",
            paramLabel = "FILE",
            description = "Patterns in a file, one a line; # begins a comment.")
    private Path file;

    /** Whether there are any. */
    public boolean areGiven() {
        return !expressions.isEmpty() || file != null;
    }

    /**
     * The expressions, those of the file last.
     *
     * @throws CommandException when one of them is none
     */
    public List<LinePattern> patterns() throws IOException {
        List<LinePattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            patterns.add(pattern("--pattern", expression));
        }
        if (file != null) {
            readFile(patterns);
        }
        return List.copyOf(patterns);
    }

    private void readFile(List<LinePattern> patterns) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new CommandException(
                    file + ": " + Files.size(file) + " bytes, expected a file of patterns of at most " + MAX_FILE);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                patterns.add(pattern(file + ": line " + number, line));
            }
        }
    }

    private static LinePattern pattern(String where, String expression) {
        try {
            return LinePattern.of(expression);
        } catch (IllegalArgumentException e) {
            throw new CommandException(where + ": " + e.getMessage());
        }
    }
}
