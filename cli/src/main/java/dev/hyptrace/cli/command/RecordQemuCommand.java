package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.StepOptions;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.recorder.qemu.QemuOptions;
import dev.hyptrace.recorder.qemu.QemuRecording;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace record qemu}: starts QEMU and records its guest. */
@Command(
        name = "qemu",
        description =
                "Starts QEMU and records each hypercall of its guest: at the HVC, at the vector and at the return. Ends"
                        + " with the guest, at --limit, or when interrupted (Ctrl-C keeps what was recorded).",
        footer = {
            "",
            "Example: hyptrace record qemu -o linux.htr --limit 3 -- -M virt,virtualization=on -cpu cortex-a15 -m 256"
                    + " -kernel vmlinuz"
        })
final class RecordQemuCommand implements Callable<Integer> {
    @Mixin
    private OutputFile.Required output;

    @Mixin
    private StepOptions steps;

    @Option(
            names = "--qemu",
            paramLabel = "PROGRAM",
            description = "The QEMU to start. Default: ${DEFAULT-VALUE}.",
            defaultValue = QemuOptions.DEFAULT_PROGRAM)
    private String program;

    @Option(
            names = "--scout",
            description =
                    "Run the guest twice, the first time only to learn where its hypercalls are: then HSR before the"
                            + " first HVC of each place is recorded, too.")
    private boolean scout;

    @Parameters(
            paramLabel = "QEMU-ARGS",
            arity = "1..*",
            description = "QEMU's arguments, after --; without -s, -S and -gdb, which are the recorder's.")
    private List<String> arguments;

    private final Console console;

    RecordQemuCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(List.of());
        QemuOptions options = QemuOptions.of(arguments)
                .withProgram(program)
                .withScouting(scout)
                .withFollow(steps.follow());
        try (Progress progress = console.progress();
                QemuRecording recording = start(options, progress);
                Interruption interruption = new Interruption(recording::requestStop)) {
            LiveTarget.record(recording::record, recording.header(), output, interruption, console);
        }
        return ExitStatus.SAME;
    }

    private QemuRecording start(QemuOptions options, Progress progress) throws IOException {
        try {
            return QemuRecording.start(options, new RecordingListener(console, progress));
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }
}
