package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the events of a text, plain or compressed with gzip, one after the other, in memory that does not depend on the
 * length of the text or of its lines. A subclass knows the format.
 */
public abstract class LineReader implements EventReader {
    /** A file of a format shows sooner than this that it is one, whatever else was written to the same file. */
    private static final long MAX_UNRECOGNISED = 8 * 1024 * 1024;

    private final String name;
    private final String expected;
    private final LineSource lines;
    private boolean ended;

    /**
     * A reader of a text.
     *
     * @param name what to call it in messages
     * @param expected what it should be, for messages, such as {@code a QEMU log}
     * @param in closed with this reader
     */
    protected LineReader(String name, String expected, InputStream in) throws IOException {
        this.name = name;
        this.expected = expected;
        this.lines = LineSource.inflating(in);
    }

    /** Takes the next of the events that the lines so far have made; null when there is none. */
    protected abstract Event poll();

    /** Takes the line at which the source stands. */
    protected abstract void line(LineSource at) throws TraceFormatException;

    /** Whether a line was of the format. */
    protected abstract boolean isRecognised();

    /** Whether the text may be of the format however much of it is not recognised. */
    protected boolean isPlausible() {
        return false;
    }

    /** Something that is wrong at a line, and not refused. */
    protected abstract void problem(long line, String what);

    /** What no line was of, for a message, and what there is instead. */
    protected abstract String missing();

    /** The text has ended. */
    protected abstract void end() throws TraceFormatException;

    /**
     * The next event, or null after the last one.
     *
     * @throws TraceFormatException when the text is empty or of another format
     */
    @Override
    public final Event next() throws IOException {
        Event event = poll();
        while (event == null && !ended) {
            advance();
            event = poll();
        }
        return event;
    }

    /** How many lines were read so far. */
    protected final long linesRead() {
        return lines.line();
    }

    /** How many bytes were read so far, as they are when not compressed. */
    protected final long bytesRead() {
        return lines.bytes();
    }

    @Override
    public final void close() throws IOException {
        lines.close();
    }

    private void advance() throws IOException {
        if (!lines.advance()) {
            finish();
            return;
        }
        line(lines);
        if (!isRecognised() && lines.bytes() > MAX_UNRECOGNISED && !isPlausible()) {
            throw unrecognised();
        }
    }

    private void finish() throws TraceFormatException {
        ended = true;
        if (lines.damage() != null) {
            problem(lines.line(), lines.damage());
        }
        if (lines.bytes() == 0) {
            String found = lines.damage() == null ? "the file is empty" : lines.damage();
            throw new TraceFormatException(name, "line 1", found + ", expected " + expected);
        }
        if (!isRecognised()) {
            throw unrecognised();
        }
        end();
    }

    private TraceFormatException unrecognised() {
        return new TraceFormatException(name, "line " + lines.line(), "no line up to here is of " + missing());
    }
}
