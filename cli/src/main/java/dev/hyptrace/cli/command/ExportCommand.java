package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.csv.CsvTables;
import dev.hyptrace.traces.json.HypercallJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace export}: writes a recording in a form that other programs read. */
@Command(
        name = "export",
        description = "Writes the hypercalls of a recording to standard output in a form that other programs read.")
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description = "csv (a table, which import reads) or json (only what was recorded, nothing derived).")
    private Format format;

    @Option(names = "--steps", description = "With csv: a table of steps instead of hypercalls.")
    private boolean steps;

    private final Console console;

    /** The values of {@code --format}. */
    private enum Format {
        CSV,
        JSON;

        @Override
        public String toString() {
            return Choices.name(this);
        }

        private static final class Converter extends Choices<Format> {
            Converter() {
                super(Format.class);
            }
        }
    }

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (steps && format != Format.CSV) {
            throw new CommandException("--steps needs --format csv");
        }
        try (Trace trace = Traces.open(file)) {
            if (format == Format.JSON) {
                HypercallJson.write(trace, console.out());
            } else if (steps) {
                CsvTables.writeSteps(trace, console.out());
            } else {
                CsvTables.writeHypercalls(trace, console.out());
            }
            return Damages.tell(console, trace) ? ExitStatus.TROUBLE : ExitStatus.SAME;
        }
    }
}
