package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.view.InstructionText;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.recorder.qemulog.QemuLogWriter;
import dev.hyptrace.recorder.tarmac.TarmacWriter;
import dev.hyptrace.recorder.text.TextWriter;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.csv.CsvTables;
import dev.hyptrace.traces.json.HypercallJson;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace export}: writes a recording in a form that other programs read. */
@Command(
        name = "export",
        description = {
            "Writes a recording to standard output in a form that other programs read.",
            "tarmac and qemu-log write each step; what such a text has no place for is told on standard error."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description =
                    "csv (a table of hypercalls, which import reads), json (hypercalls, only what was recorded, nothing"
                            + " derived), tarmac (as Arm's Fast Models write it) or qemu-log (as QEMU 7.2 with -d"
                            + " in_asm,exec,cpu,int); import reads the last two back.")
    private Format format;

    @Option(names = "--steps", description = "With csv: a table of steps instead of hypercalls.")
    private boolean steps;

    private final Console console;

    /** The values of {@code --format}. */
    private enum Format {
        CSV,
        JSON,
        TARMAC,
        QEMU_LOG;

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
        try (HtrTrace recording = Traces.open(file);
                Watch watch = new Watch(console)) {
            Trace trace = watch.trace(recording);
            switch (format) {
                case JSON -> HypercallJson.write(trace, console.out());
                case CSV -> table(trace);
                case TARMAC -> text(trace, new TarmacWriter(console.out(), new InstructionText()));
                case QEMU_LOG -> text(trace, new QemuLogWriter(trace.header(), console.out(), new InstructionText()));
            }
            boolean damaged = Damages.tell(console, trace);
            return watch.tell() || damaged ? ExitStatus.TROUBLE : ExitStatus.SAME;
        }
    }

    private void table(Trace trace) throws IOException {
        if (steps) {
            CsvTables.writeSteps(trace, console.out());
        } else {
            CsvTables.writeHypercalls(trace, console.out());
        }
    }

    private void text(Trace trace, TextWriter writer) throws IOException {
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                writer.accept(event);
            }
        }
        for (String sentence : writer.leftOut().sentences()) {
            console.say("hyptrace export: " + file + ": " + sentence);
        }
    }
}
