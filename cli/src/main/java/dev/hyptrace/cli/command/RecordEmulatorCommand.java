package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.RecordingOutput;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.machine.MachineRecorder;
import dev.hyptrace.replayer.run.RunReplay;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyptrace record emulator}: runs an image on the built-in machine and records it. */
@Command(
        name = "emulator",
        description =
                "Runs an image on the built-in machine and records each hypercall: at the HVC, at the vector and at the"
                        + " return. Ends when the guest switches off, at --limit or --instructions, or when interrupted.")
final class RecordEmulatorCommand implements Callable<Integer> {
    /** A hypercall that has run for so long in Hyp mode is not followed any further. */
    private static final long HYP_INSTRUCTIONS = 100_000;

    @Mixin
    private OutputFile.Required output;

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "The image to run.")
    private Path image;

    @Mixin
    private BoardOptions board;

    @Option(names = "--limit", paramLabel = "N", description = "End after N hypercalls.")
    private Long limit;

    @Option(
            names = "--instructions",
            paramLabel = "N",
            description = "End after N instructions, those before the first hypercall included.")
    private Long instructions;

    @Option(names = "--steps", description = "Record each instruction, not only those of hypercalls.")
    private boolean steps;

    private final Console console;

    RecordEmulatorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit != null && limit < 1) {
            throw new CommandException("--limit " + limit + ": expected at least 1 hypercall");
        }
        if (instructions != null && instructions < 1) {
            throw new CommandException("--instructions " + instructions + ": expected at least 1 instruction");
        }
        output.check(List.of(image));
        Machine machine = board.boot(image, new Uarts(console.guestOutput(), value -> {}));
        try (Progress progress = console.progress();
                Interruption interruption = new Interruption(() -> {})) {
            TraceHeader header = RunReplay.header(List.of(Images.describe(image)));
            RecordingOutput out = steps ? output.createFast(header) : output.create(header);
            try (out) {
                record(machine, out, progress, interruption);
            } finally {
                console.flush();
                console.say("hyptrace record: " + out.summary());
            }
        }
        return ExitStatus.SAME;
    }

    private void record(Machine machine, RecordingOutput out, Progress progress, Interruption interruption)
            throws IOException {
        MachineRecorder.Limits limits = new MachineRecorder.Limits(
                limit == null ? Long.MAX_VALUE : limit,
                instructions == null ? Long.MAX_VALUE : instructions,
                HYP_INSTRUCTIONS,
                steps);
        MachineRecorder recorder = new MachineRecorder(machine, limits, out);
        long total = instructions == null ? -1 : instructions;
        Meter meter = progress.meter("record (Ctrl-C ends it)", Meter.Unit.INSTRUCTIONS, () -> total);
        recorder.onProgress(executed -> {
            meter.at(executed);
            if (interruption.isRequested()) {
                throw new CommandException("interrupted");
            }
        });
        recorder.record();
    }
}
