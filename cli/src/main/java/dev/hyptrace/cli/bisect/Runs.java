package dev.hyptrace.cli.bisect;

import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.guest.BoardOptions;
import dev.hyptrace.cli.guest.Uarts;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.run.RunReplay;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Comes up with what a build does: runs an image on the built-in machine, or opens a recording. */
final class Runs {
    private final BoardOptions board;
    private final long hypercalls;
    private final long instructions;
    private final Watch watch;

    /**
     * @param hypercalls end a run after so many
     * @param instructions end a run after so many
     * @param watch is shown how far a run is
     */
    Runs(BoardOptions board, long hypercalls, long instructions, Watch watch) {
        this.board = board;
        this.hypercalls = hypercalls;
        this.instructions = instructions;
        this.watch = watch;
    }

    /**
     * What a file of a build does.
     *
     * @throws IOException when it is no image that boots and no recording
     */
    Trace open(Path file) throws IOException {
        return isRecording(file) ? watch.trace(Traces.open(file)) : run(file);
    }

    /** What is said of a run that the user interrupted counts for nothing. */
    void checkWhole() {
        watch.check();
    }

    static boolean isRecording(Path file) {
        return file.toString().endsWith(".htr");
    }

    private Trace run(Path image) throws IOException {
        Machine machine = board.boot(image, Uarts.NOWHERE);
        Path file = Files.createTempFile("hyptrace", ".htr");
        try {
            TraceWriter.Options overwriting = TraceWriter.Options.standard().overwriting();
            try (TraceWriter writer = TraceWriter.create(file, RunReplay.header(List.of()), overwriting)) {
                Meter meter = watch.progress().meter(image + ", at most", Meter.Unit.INSTRUCTIONS, () -> instructions);
                new RunReplay(machine).run(hypercalls, instructions, done -> show(meter, done), writer);
            }
            return new TemporaryTrace(image.toString(), file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void show(Meter meter, long done) {
        meter.at(done);
        watch.check();
    }

    /** Why a run without a hypercall is none to judge. */
    String noHypercall(Path file) {
        return isRecording(file)
                ? "the recording holds no hypercall"
                : "does not boot: no hypercall before it switched off or had executed "
                        + String.format(Locale.ROOT, "%,d", instructions) + " instructions";
    }
}
