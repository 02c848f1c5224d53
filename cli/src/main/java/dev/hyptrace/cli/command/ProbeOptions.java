package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.replayer.probe.Prober;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that probe an image. */
final class ProbeOptions {
    @Mixin
    private BoardOptions board;

    @Option(
            names = "--occupants",
            paramLabel = "N",
            description = "Probe the first N occupants of the Hyp vectors, and end.")
    private Integer occupants;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "End after N instructions. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4000000000")
    private long limit;

    /** Runs the image and probes who comes to sit behind HVBAR, in the order in which they come. */
    List<ProbeReport> probe(Path image, Console console) throws IOException {
        if (occupants != null && occupants < 1 || limit < 1) {
            throw new CommandException("--occupants and --limit: expected at least 1");
        }
        Machine machine = board.boot(image, Uarts.NOWHERE);
        Prober.Limits limits = Prober.Limits.NONE.withInstructions(limit);
        Prober prober = new Prober(machine, occupants == null ? limits : limits.withOccupants(occupants));
        try (Watch watch = new Watch(console)) {
            Meter meter = watch.progress().meter(image + ", at most", Meter.Unit.INSTRUCTIONS, () -> limit);
            prober.onProgress(instructions -> {
                meter.at(instructions);
                watch.check();
            });
            List<ProbeReport> reports = prober.run().reports();
            if (reports.isEmpty()) {
                throw new CommandException(image + ": HVBAR was not written within "
                        + String.format(Locale.ROOT, "%,d", machine.cpu().instructions)
                        + " instructions, so that there is nothing to probe");
            }
            return reports;
        }
    }
}
