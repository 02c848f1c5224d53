package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.console.Progress;
import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.GuestRun;
import dev.hyptrace.cli.guest.StaleTranslations;
import dev.hyptrace.cli.guest.StartingState;
import dev.hyptrace.cli.guest.Typing;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.guest.Until;
import dev.hyptrace.cli.option.Interruption;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.view.RegisterNames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hyptrace run}: the built-in machine with its UART on standard output. */
@Command(
        name = "run",
        description = "Runs an image on the built-in machine: a Cortex-A15 in Hyp mode on QEMU's virt board.")
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..1",
            description =
                    "A Linux zImage, a 32-bit ARM ELF executable or raw A32 code. Not with --bios; not needed with"
                            + " --state and --load.")
    private Path image;

    @Option(
            names = "--bios",
            paramLabel = "FILE",
            description = "Firmware to put into flash and to start instead of an image, such as U-Boot.")
    private Path firmware;

    @Mixin
    private BoardOptions board;

    @Option(
            names = "--until",
            paramLabel = "CONDITION",
            converter = Until.Converter.class,
            description =
                    "Stop when the condition holds: hypercall:N, instructions:N or uart:TEXT. Without it the machine"
                            + " runs until the guest switches it off.")
    private Until until = new Until.PowerOff();

    @Option(
            names = "--type",
            paramLabel = "TEXT->KEYS",
            converter = Typing.AnswerConverter.class,
            description =
                    "Once the guest has sent TEXT to its UART, type KEYS at it. \\r, \\n, \\t and \\\\ are understood."
                            + " Several of them wait one after the other.")
    private List<Typing.Answer> answers = List.of();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Type the content of a file at the guest's UART from the start; - is standard input.")
    private Path input;

    @Option(
            names = "--state",
            paramLabel = "FILE.htr",
            description =
                    "Begin with the registers of the first snapshot in a recording, such as an imported migration stream"
                            + " of QEMU, instead of those at reset. Memory is as IMAGE and --load make it.")
    private Path state;

    @Option(
            names = "--stale-tlb",
            description =
                    "Keep each address translation until the guest invalidates it, and report each use of one that"
                            + " the translation tables no longer give: missing TLB maintenance. Slow. Exit status 1 if there is"
                            + " any.")
    private boolean staleTlb;

    @Option(
            names = "--secure-uart",
            paramLabel = "FILE",
            description =
                    "Write what the guest sends to the UART of the Secure world to a file; without it, it is lost.")
    private Path secureUart;

    @Spec
    private CommandSpec spec;

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        boolean loaded = state != null && board.hasLoaded();
        if (image == null && firmware == null && !loaded) {
            throw new ParameterException(spec.commandLine(), "missing required parameter: 'IMAGE'");
        }
        if (image != null && firmware != null) {
            throw new ParameterException(spec.commandLine(), "IMAGE and --bios exclude each other");
        }
        if (secureUart == null) {
            return run(value -> {});
        }
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(secureUart))) {
            return run(value -> write(file, value));
        }
    }

    private static void write(OutputStream file, int value) {
        try {
            file.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(IntConsumer secure) throws IOException {
        GuestRun.Start started = start();
        GuestRun run = new GuestRun(
                board, started, until, Typing.of(answers, input), new Uarts(console.guestOutput(), secure));
        if (state != null) {
            startFrom(run);
        }
        StaleTranslations stale = new StaleTranslations(console);
        if (staleTlb) {
            run.keepTranslations(stale);
        }
        long start = System.nanoTime();
        boolean reached;
        boolean interrupted;
        try (Progress progress = console.progress();
                Interruption interruption = new Interruption(() -> {})) {
            reached = run.run(instructions -> progress.show(() -> state(run, start)), interruption::isRequested);
            interrupted = interruption.isRequested();
        }
        console.flush();
        if (!reached) {
            String how = interrupted ? "interrupted" : "the guest switched off";
            throw new CommandException(
                    started.path() + ": " + how + " before " + until + ", after " + state(run, start));
        }
        console.say("hyptrace run: " + state(run, start));
        stale.close();
        if (run.exitStatus().orElse(0) != 0) {
            throw new CommandException(started.path() + ": the guest ended with exit status "
                    + run.exitStatus().getAsInt());
        }
        return stale.isEmpty() ? ExitStatus.SAME : ExitStatus.DIFFERENT;
    }

    private GuestRun.Start start() {
        if (image != null) {
            return new GuestRun.Start(image, GuestRun.Place.RAM);
        }
        return firmware != null
                ? new GuestRun.Start(firmware, GuestRun.Place.FLASH)
                : new GuestRun.Start(state, GuestRun.Place.LOADED);
    }

    private void startFrom(GuestRun run) throws IOException {
        StartingState first = StartingState.read(state);
        run.startFrom(first);
        if (!first.left().isEmpty()) {
            console.say(String.format(
                    Locale.ROOT,
                    "hyptrace run: %s: of %d registers the machine has no place for %d: %s",
                    state,
                    first.size(),
                    first.left().size(),
                    RegisterNames.of(first.left())));
        }
    }

    private static String state(GuestRun run, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT,
                "%,d instructions and %,d %s in %.1f s (%.0f MIPS)",
                run.instructions(),
                run.hypercalls(),
                run.hypercalls() == 1 ? "hypercall" : "hypercalls",
                seconds,
                run.instructions() / seconds / 1e6);
    }
}
