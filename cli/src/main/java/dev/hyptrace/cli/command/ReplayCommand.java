package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.RecordingOutput;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.replay.ReplayDiff;
import dev.hyptrace.cli.replay.ReplayMode;
import dev.hyptrace.cli.replay.ReplayOptions;
import dev.hyptrace.cli.replay.Replays;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hyptrace replay}: replays a recording into another one. */
@Command(
        name = "replay",
        description = "Replays a recording on the built-in machine, and with -o makes a recording of what it does.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.htr", description = "A recording.")
    private Path file;

    @Mixin
    private ReplayOptions options;

    @Mixin
    private OutputFile.OnRequest output;

    private final Console console;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(List.of(file));
        try (HtrTrace recording = Traces.open(file);
                Watch watch = new Watch(console)) {
            Trace trace = watch.trace(recording);
            Replays replays = new Replays(trace, options, watch);
            ReplayMode mode = options.mode(trace);
            if (output.path().isPresent()) {
                try (RecordingOutput out = output.create(ReplayDiff.header())) {
                    replay(replays, mode, out);
                }
            } else {
                replay(replays, mode, event -> {});
            }
            replays.skipped()
                    .forEach((number, why) ->
                            console.say("hyptrace replay: hypercall " + number + " is not replayed: " + why));
            boolean complete = replays.skipped().isEmpty();
            boolean damaged = Damages.tell(console, trace);
            return watch.tell() || damaged || !complete ? ExitStatus.TROUBLE : ExitStatus.SAME;
        }
    }

    private void replay(Replays replays, ReplayMode mode, EventSink sink) throws IOException {
        long[] steps = {0};
        replays.replay(mode, event -> {
            steps[0] += event instanceof Event.Step ? 1 : 0;
            sink.accept(event);
        });
        console.say(String.format(
                Locale.ROOT, "hyptrace replay: %s: %,d instructions replayed by %s", file, steps[0], mode));
    }
}
