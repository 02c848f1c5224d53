package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a text whose lines are given to a {@link LineParser} as strings. {@link #report} tells, at the end, what was read. */
public final class TextReader extends LineReader {
    private final TextOutput out;
    private final LineParser parser;
    private final String expected;

    /**
     * @param out where the parser puts its events
     * @param expected what the input should be, for messages, such as {@code an ftrace log}
     * @param in closed with this reader
     */
    public TextReader(TextOutput out, LineParser parser, String expected, InputStream in) throws IOException {
        super(out.name(), expected, in);
        this.out = out;
        this.parser = parser;
        this.expected = expected;
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
        return out.report(linesRead(), bytesRead());
    }

    @Override
    protected Event poll() {
        return out.poll();
    }

    @Override
    protected void line(LineSource at) throws TraceFormatException {
        String text = text(at);
        if (!at.isTerminated() && !parser.isWholeWithoutEnd(text)) {
            out.problem(at.line(), "the file is cut in the middle of this line, which is left out");
        } else if (at.isTooLong()) {
            out.problem(at.line(), "a line of " + at.length() + " bytes, of which a note keeps the first");
            out.note(0, text);
        } else {
            parser.line(text, at.line());
        }
    }

    private static String text(LineSource lines) {
        return new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.ISO_8859_1);
    }

    @Override
    protected boolean isRecognised() {
        return parser.isRecognised();
    }

    @Override
    protected boolean isPlausible() {
        return parser.isPlausible();
    }

    @Override
    protected void problem(long line, String what) {
        out.problem(line, what);
    }

    @Override
    protected String missing() {
        return expected + (out.firstLine().isEmpty() ? "" : ": it begins with '" + out.firstLine() + "'");
    }

    @Override
    protected void end() {
        parser.end();
    }
}
