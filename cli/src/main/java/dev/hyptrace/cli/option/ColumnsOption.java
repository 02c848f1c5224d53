package dev.hyptrace.cli.option;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.recorder.table.ColumnMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which column of a table is what. */
public final class ColumnsOption {
    /** A map is written by hand. */
    private static final long MAX_FILE = 64 * 1024;

    @Option(
            names = "--columns",
            paramLabel = "MAPFILE",
            description = "With --format csv: which column of a table of another tool is what, a line each such as"
                    + " 'Address = address', 'Opcode = encoding', '#7 = R0', 'SP = sp', 'PSR = CPSR', 'Time = time', and how it is"
                    + " written: 'separator: tab', 'header: no', 'skip: 2', 'numbers: decimal', 'prefixes: S: N:', 'registers:"
                    + " after', 'empty: unchanged', 'rows: hypercalls'. README has an example.")
    private Path file;

    /** Whether there is one. */
    public boolean isGiven() {
        return file != null;
    }

    /**
     * The map, if there is one.
     *
     * @throws CommandException when it cannot be understood
     */
    public Optional<ColumnMap> map() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_FILE) {
            throw new CommandException(
                    file + ": " + Files.size(file) + " bytes, expected a map of columns of at most " + MAX_FILE);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            return Optional.of(ColumnMap.of(file.toString(), text.lines().toList()));
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }
}
