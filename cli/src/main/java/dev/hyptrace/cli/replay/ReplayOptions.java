package dev.hyptrace.cli.replay;

import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Typing;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.traces.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a recording is replayed. */
public final class ReplayOptions {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ReplayMode.Converter.class,
            description = {
                "How to replay: step (each recorded instruction on the state recorded before it), call (each recorded"
                        + " hypercall by itself, with the code of --image or of the recording) or run (--image from its first"
                        + " instruction). Default: step if the recording holds instructions, else call."
            })
    private ReplayMode mode;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image to run, or that holds the code of the hypercalls.")
    private Path image;

    @Option(
            names = "--bios",
            paramLabel = "FILE",
            description = "With --mode run: firmware to run from the board's flash, instead of --image.")
    private Path firmware;

    @Option(
            names = "--type",
            paramLabel = "TEXT->KEYS",
            converter = Typing.AnswerConverter.class,
            description = "With --mode run: once the guest has sent TEXT to its UART, type KEYS at it, as in run.")
    private List<Typing.Answer> answers = List.of();

    @Option(
            names = "--one-clock",
            description = {
                "With diff --mode run: do not run the image again with other clocks. What differs between such runs"
                        + " depends on time, and a difference to the recording there is explained by it."
            })
    private boolean oneClock;

    @Mixin
    private BoardOptions board;

    /** Whether any of them was given: they mean nothing where nothing is replayed. */
    public boolean isGiven() {
        return mode != null || image != null || firmware != null;
    }

    /** Whether the image may be run with other clocks, too. */
    boolean usesOtherClocks() {
        return !oneClock;
    }

    /** The mode that was asked for, or that suits the recording. */
    public ReplayMode mode(Trace trace) throws IOException {
        return mode == null ? ReplayMode.of(trace) : mode;
    }

    /** The image, if one was given. */
    public Optional<BootImage> image() throws IOException {
        return image == null ? Optional.empty() : Optional.of(board.image(image));
    }

    /**
     * The machine with the image or the firmware in it, about to execute its first instruction.
     *
     * @throws CommandException when neither or both were given
     */
    public Machine bootedMachine() throws IOException {
        if (image == null && firmware == null) {
            throw new CommandException("--mode run needs --image IMAGE");
        }
        if (image != null && firmware != null) {
            throw new CommandException("--image and --bios exclude each other");
        }
        return Typing.at(
                Typing.of(answers, null),
                uarts -> image == null ? board.bootFirmware(firmware, uarts) : board.boot(image, uarts));
    }
}
