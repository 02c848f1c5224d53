package dev.hyptrace.cli.option;

import dev.hyptrace.replayer.use.KnownUse;
import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A recording that is being written. Its exceptions name the file.
 *
 * <p>Where the events come at a target's pace, what is older than a second is flushed with the next event, so that a kill costs
 * no more. Elsewhere the same input makes the same file.
 */
public final class RecordingOutput implements StepSink, Closeable {
    private static final long FLUSH_NANOS = 1_000_000_000;
    private static final int LOOK_AT_CLOCK = 64;

    private final Path path;
    private final TraceWriter writer;
    private final boolean live;
    private long flushed = System.nanoTime();

    private RecordingOutput(Path path, TraceWriter writer, boolean live) {
        this.path = path;
        this.writer = writer;
        this.live = live;
    }

    static RecordingOutput create(Path path, TraceHeader header, TraceWriter.Options options, boolean live)
            throws IOException {
        try {
            return new RecordingOutput(path, TraceWriter.create(path, header, options.withUse(new KnownUse())), live);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + ": exists already; --force replaces it", e);
        }
    }

    @Override
    public void accept(Event event) throws IOException {
        try {
            writer.accept(event);
            if (live && (writer.events() % LOOK_AT_CLOCK == 0 || !(event instanceof Event.Step))) {
                flushNowAndThen();
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public StepRows rows(int cpu, List<Register> registers) {
        return writer.rows(cpu, registers);
    }

    @Override
    public void accept(StepRows steps) throws IOException {
        try {
            writer.accept(steps);
            if (live) {
                flushNowAndThen();
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    private void flushNowAndThen() throws IOException {
        long now = System.nanoTime();
        if (now - flushed >= FLUSH_NANOS) {
            flushed = now;
            writer.flush();
        }
    }

    /** What is in the file, for people: {@code 95 steps, 6 hypercalls (2,301 bytes)}. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %,d %s, %,d %s, %,d bytes",
                path,
                writer.steps(),
                writer.steps() == 1 ? "step" : "steps",
                writer.hypercalls(),
                writer.hypercalls() == 1 ? "hypercall" : "hypercalls",
                writer.bytes());
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException e) {
        return e instanceof FileSystemException ? e : new IOException(path + ": " + e.getMessage(), e);
    }
}
