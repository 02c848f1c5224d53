package dev.hyptrace.cli.replay;

import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.traces.Trace;
import java.io.IOException;
import java.nio.file.Path;
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
        return mode != null || image != null;
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
     * The machine with the image in it, about to execute its first instruction.
     *
     * @throws CommandException when no image was given
     */
    public Machine bootedMachine() throws IOException {
        if (image == null) {
            throw new CommandException("--mode run needs --image IMAGE");
        }
        return board.boot(image, Uarts.NOWHERE);
    }
}
