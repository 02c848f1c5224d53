package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the events of a text, plain or compressed with gzip, one after the other, in memory that does not depend on the
 * length of the text or of its lines. {@link #report} tells, at the end, what was read.
 */
public final class TextReader implements EventReader {
    /** A file of a format shows sooner than this that it is one. */
    private static final long MAX_UNRECOGNISED = 8 * 1024 * 1024;

    private final TextOutput out;
    private final LineParser parser;
    private final String expected;
    private final LineSource lines;
    private boolean ended;

    /**
     * @param out where the parser puts its events
     * @param expected what the input should be, for messages, such as {@code an ftrace log}
     * @param in closed with this reader
     */
    public TextReader(TextOutput out, LineParser parser, String expected, InputStream in) throws IOException {
        this.out = out;
        this.parser = parser;
        this.expected = expected;
        this.lines = LineSource.inflating(in);
    }

    /** Whether a file that begins like this is of the parser's format; the parser cannot be used again. */
    public static boolean isRecognised(LineParser parser, byte[] head) {
        try {
            LineSource lines = LineSource.inflating(new ByteArrayInputStream(head));
            while (!parser.isRecognised() && lines.advance()) {
                if (lines.isTerminated()) {
                    parser.line(text(lines), lines.line());
                }
            }
            return parser.isRecognised();
        } catch (TraceFormatException refused) {
            return true;
        } catch (IOException damaged) {
            return false;
        }
    }

    @Override
    public Event next() throws IOException {
        Event event = out.poll();
        while (event == null && !ended) {
            advance();
            event = out.poll();
        }
        return event;
    }

    /**
     * Reads everything.
     *
     * @throws TraceFormatException when the input is empty or of another format
     * @throws IOException when the stream or the sink fails
     */
    public TextReport readAll(EventSink sink) throws IOException {
        for (Event event = next(); event != null; event = next()) {
            sink.accept(event);
        }
        return report();
    }

    /** What was read so far; complete once {@link #next} has returned null. */
    public TextReport report() {
        return out.report(lines.line(), lines.bytes());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private void advance() throws IOException {
        if (!lines.advance()) {
            end();
            return;
        }
        String text = text(lines);
        if (!lines.isTerminated() && !parser.isWholeWithoutEnd(text)) {
            out.problem(lines.line(), "the file is cut in the middle of this line, which is left out");
            return;
        }
        if (lines.isTooLong()) {
            out.problem(lines.line(), "a line of " + lines.length() + " bytes, of which a note keeps the first");
            out.note(0, text);
        } else {
            parser.line(text, lines.line());
        }
        if (!parser.isRecognised() && !parser.isPlausible() && lines.bytes() > MAX_UNRECOGNISED) {
            throw unrecognised();
        }
    }

    private static String text(LineSource lines) {
        return new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.ISO_8859_1);
    }

    private void end() throws TraceFormatException {
        ended = true;
        if (lines.damage() != null) {
            out.problem(lines.line(), lines.damage());
        }
        if (lines.bytes() == 0) {
            String found = lines.damage() == null ? "the file is empty" : lines.damage();
            throw new TraceFormatException(out.name(), "line 1", found + ", expected " + expected);
        }
        if (!parser.isRecognised()) {
            throw unrecognised();
        }
        parser.end();
    }

    private TraceFormatException unrecognised() {
        String found = out.firstLine().isEmpty() ? "" : ": it begins with '" + out.firstLine() + "'";
        return new TraceFormatException(
                out.name(), "line " + lines.line(), "no line up to here is of " + expected + found);
    }
}
