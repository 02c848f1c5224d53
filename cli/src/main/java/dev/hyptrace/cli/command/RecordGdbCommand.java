package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.option.HexAddress;
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
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
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
            "Hyp mode is stepped, everything else runs between breakpoints, and time passes otherwise than without a debugger.",
            "QEMU shows all registers. OpenOCD 0.12 shows CP15 by 'arm mrc', the registers of Hyp mode in Hyp mode only: stop"
                    + " the target there, or give --hvbar or --hvc. The target must be a cortex_a whose debug registers are"
                    + " told by -dbgbase or found in the ROM table: the processor's breakpoints are made to match in Hyp"
                    + " mode, which OpenOCD's own never do. Of other servers, only R0 to R15 and CPSR are expected. What"
                    + " cannot be seen, and what a step masks, is said at the start and kept in the recording."
        },
        footer = {
            "",
            "Examples: qemu-system-arm -M virt,virtualization=on -cpu cortex-a15 -kernel vmlinuz -S -s, and then",
            "hyptrace record gdb -o linux.htr --limit 3 localhost:1234",
            "openocd -f interface/ADAPTER.cfg -f target/BOARD.cfg, whose target is made by",
            "  target create board.cpu0 cortex_a -dap board.dap -ap-num 1 -dbgbase 0x80000000",
            "and then, with an HVC at c0113d40 in the kernel's code,",
            "hyptrace record gdb -o board.htr --hvc c0113d40 localhost:3333"
        })
final class RecordGdbCommand implements Callable<Integer> {
    @Mixin
    private OutputFile.Required output;

    @Mixin
    private StepOptions steps;

    @Option(
            names = "--hvbar",
            paramLabel = "ADDRESS",
            converter = HexAddress.class,
            description =
                    "Where the Hyp vectors are when the recording begins, if the server cannot read HVBAR then. Once the"
                            + " target is in Hyp mode, HVBAR itself counts.")
    private Integer hvbar;

    @Option(
            names = "--hvc",
            paramLabel = "ADDRESS",
            converter = HexAddress.class,
            description = "An HVC to stop at, noticed without HVBAR. May be given several times.")
    private List<Integer> hvcs = List.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long any one answer of the server may take. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int patience;

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
        if (patience < 1) {
            throw new CommandException("--patience " + patience + ": expected at least 1 second");
        }
        output.check(List.of());
        FollowOptions follow = steps.follow()
                .withRewind(!noRewind)
                .withInjection(!noInjection)
                .withSites(new TreeSet<>(hvcs))
                .withBases(hvbar == null ? new TreeSet<>() : new TreeSet<>(List.of(hvbar)));
        try (Progress progress = console.progress();
                ServerRecording recording = ServerRecording.connect(
                        address(), Duration.ofSeconds(patience), follow, new RecordingListener(console, progress));
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
