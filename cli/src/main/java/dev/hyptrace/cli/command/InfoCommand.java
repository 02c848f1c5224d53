package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.ReportFormat;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.view.InfoJson;
import dev.hyptrace.cli.view.InfoText;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.summary.TraceSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace info}: tells what a recording holds. */
@Command(name = "info", description = "Tells where a recording comes from, what it holds and whether it is damaged.")
final class InfoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ReportFormat.Converter.class,
            description = "text or json. Default: ${DEFAULT-VALUE}.",
            defaultValue = "text")
    private ReportFormat format;

    private final Console console;

    InfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (format == ReportFormat.CSV) {
            throw new CommandException("info has no csv: hyptrace export --format csv writes the hypercalls");
        }
        try (HtrTrace trace = Traces.open(file);
                Watch watch = new Watch(console)) {
            TraceSummary summary = TraceSummary.of(watch.trace(trace));
            if (format == ReportFormat.JSON) {
                new InfoJson(trace, summary, console.out()).write();
            } else {
                new InfoText(trace, summary).write(console.out());
            }
            boolean damaged = Damages.tell(console, trace);
            return watch.tell() || damaged ? ExitStatus.TROUBLE : ExitStatus.SAME;
        }
    }
}
