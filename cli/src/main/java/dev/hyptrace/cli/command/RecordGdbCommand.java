package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.option.OutputFile;
import dev.hyptrace.cli.option.StepOptions;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.recorder.gdb.GdbChannel;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.server.ServerRecording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyptrace record gdb}: records a target behind a GDB server. */
@Command(
        name = "gdb",
        description = {
            "Connects to a GDB server, which stops the target, and records each hypercall from there on: at the HVC, at the"
                    + " vector and at the return. Ends with the target, at --limit, or when interrupted (Ctrl-C keeps what was"
                    + " recorded); then the target runs on.",
            "The server must show HVBAR. Hyp mode is stepped, everything else runs between breakpoints; what stepping masks is"
                    + " the server's affair, and time passes otherwise than without a debugger."
        },
        footer = {
            "",
            "Example: qemu-system-arm -M virt,virtualization=on -cpu cortex-a15 -kernel vmlinuz -S -s, and then",
            "hyptrace record gdb -o linux.htr --limit 3 localhost:1234"
        })
final class RecordGdbCommand implements Callable<Integer> {
    @Mixin
    private OutputFile.Required output;

    @Mixin
    private StepOptions steps;

    @Option(
            names = "--no-rewind",
            description =
                    "Never set the target back to an HVC that was noticed at its vector: the state at the first HVC of"
                            + " each place is then derived.")
    private boolean noRewind;

    @Option(
            names = "--no-injection",
            description =
                    "Never execute an MRS in the target's place to read a register that the server does not show.")
    private boolean noInjection;

    @Parameters(paramLabel = "HOST:PORT", description = "Where the server listens: localhost:3333.")
    private String server;

    private final Console console;

    RecordGdbCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        output.check(List.of());
        FollowOptions follow = steps.follow().withRewind(!noRewind).withInjection(!noInjection);
        try (Progress progress = console.progress();
                ServerRecording recording = ServerRecording.connect(
                        address(), ServerRecording.PATIENCE, follow, new RecordingListener(console, progress));
                Interruption interruption = new Interruption(recording::requestStop)) {
            LiveTarget.record(recording::record, recording.header(), output, interruption, console);
        }
        return ExitStatus.SAME;
    }

    private InetSocketAddress address() {
        try {
            return GdbChannel.tcp(server);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }
}
