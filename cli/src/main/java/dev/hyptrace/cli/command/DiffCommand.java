package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.BrokenPipeException;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.ColorOption;
import dev.hyptrace.cli.option.MapOption;
import dev.hyptrace.cli.option.ReportFormat;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.replay.ReplayDiff;
import dev.hyptrace.cli.replay.ReplayMode;
import dev.hyptrace.cli.replay.ReplayOptions;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.TraceDiff;
import dev.hyptrace.diff.report.CsvPresenter;
import dev.hyptrace.diff.report.JsonPresenter;
import dev.hyptrace.diff.report.Presenter;
import dev.hyptrace.diff.report.TextPresenter;
import dev.hyptrace.diff.report.TextSettings;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace diff}: compares two recordings, or one with its replay. */
@Command(
        name = "diff",
        description =
                "Compares mode, vectors and registers at each hypercall: of two recordings, or of one recording and its"
                        + " replay on the built-in machine.",
        footer = {"", "Exit status: 0 no divergence, 1 divergence, 2 trouble, or nothing that could be compared."})
final class DiffCommand implements Callable<Integer> {
    private static final int SHOWN_SKIPPED = 5;

    @Parameters(index = "0", paramLabel = "LEFT.htr", description = "A recording.")
    private Path left;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RIGHT.htr",
            description = "The recording to compare it with. Without it, LEFT is replayed.")
    private Path right;

    @Mixin
    private ReplayOptions replay;

    @Mixin
    private MapOption maps;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ReportFormat.Converter.class,
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            defaultValue = "text")
    private ReportFormat format;

    @Option(names = "--all", description = "Show all hypercalls and all findings, not only the first ones.")
    private boolean all;

    @Mixin
    private ColorOption color;

    private final Console console;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        DiffOptions options = DiffOptions.standard().withMaps(maps.maps());
        try (HtrTrace recording = Traces.open(left);
                Watch watch = new Watch(console)) {
            if (right == null) {
                return replayed(watch.trace(recording), options, watch);
            }
            if (replay.isGiven()) {
                throw new CommandException(
                        "--mode, --image and --bios are for a replay, but two recordings are compared");
            }
            try (HtrTrace other = Traces.open(right)) {
                DiffResult result = TraceDiff.compare(watch.trace(recording), watch.trace(other), options);
                watch.check();
                boolean leftDamaged = Damages.tell(console, recording);
                boolean rightDamaged = Damages.tell(console, other);
                return report(result, leftDamaged || rightDamaged);
            }
        }
    }

    /** A replay by step that is interrupted has compared the steps so far; by hypercall, the two sides would end at two places. */
    private int replayed(Trace recording, DiffOptions options, Watch watch) throws IOException {
        ReplayDiff diff = new ReplayDiff(recording, replay, watch);
        DiffResult result = diff.compare(options);
        if (replay.mode(recording) != ReplayMode.STEP) {
            watch.check();
        }
        tellSkipped(diff.skipped());
        boolean damaged = Damages.tell(console, recording);
        return report(result, watch.tell() || damaged);
    }

    private void tellSkipped(Map<Integer, String> skipped) {
        skipped.entrySet().stream()
                .limit(SHOWN_SKIPPED)
                .forEach(call -> console.say(
                        "hyptrace diff: hypercall " + call.getKey() + " is not replayed: " + call.getValue()));
        if (skipped.size() > SHOWN_SKIPPED) {
            console.say("hyptrace diff: nor are " + (skipped.size() - SHOWN_SKIPPED) + " others");
        }
    }

    /** That two recordings are the same cannot be said of parts that could not be read. */
    private int report(DiffResult result, boolean damaged) throws IOException {
        int status = result.status().exitCode();
        try {
            presenter().render(result, console.out());
            console.flush();
        } catch (BrokenPipeException e) {
            // Whoever asked has read enough; the answer stands.
        }
        return damaged && status == ExitStatus.SAME ? ExitStatus.TROUBLE : status;
    }

    private Presenter presenter() {
        return switch (format) {
            case TEXT -> {
                TextSettings settings = TextSettings.plain().withColour(color.isColored(console));
                yield new TextPresenter(all ? settings.unlimited() : settings);
            }
            case JSON -> new JsonPresenter();
            case CSV -> new CsvPresenter();
        };
    }
}
