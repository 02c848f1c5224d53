package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the events of a Tarmac trace one after the other, in memory that does not depend on the length of the trace or of its
 * lines. {@link #report} tells, at the end, what was read.
 */
public final class TarmacReader implements EventReader {
    /** A trace says so sooner than this, whatever else was written to the same file. */
    private static final long MAX_UNRECOGNISED = 8 * 1024 * 1024;

    private final String name;
    private final LineSource lines;
    private final Output out;
    private final LineParser parser;
    private boolean ended;

    TarmacReader(String name, InputStream in) throws IOException {
        this.name = name;
        this.lines = LineSource.inflating(in);
        this.out = new Output(name);
        this.parser = new LineParser(out);
    }

    /**
     * The next event, or null after the last one.
     *
     * @throws TraceFormatException when the input is empty, is no Tarmac trace, or is one of a processor in AArch64 state
     */
    @Override
    public Event next() throws IOException {
        Event event = out.poll();
        while (event == null && !ended) {
            advance();
            event = out.poll();
        }
        return event;
    }

    /** What was read so far; complete once {@link #next} has returned null. */
    public TarmacReport report() {
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
        parser.line(lines);
        if (!parser.isRecognised() && lines.bytes() > MAX_UNRECOGNISED) {
            throw noTrace();
        }
    }

    private void end() throws TraceFormatException {
        ended = true;
        if (lines.damage() != null) {
            out.problem(lines.line(), lines.damage());
        }
        if (lines.bytes() == 0) {
            String found = lines.damage() == null ? "the file is empty" : lines.damage();
            throw new TraceFormatException(name, "line 1", found + ", expected a Tarmac trace");
        }
        if (!parser.isRecognised()) {
            throw noTrace();
        }
        parser.end();
    }

    private TraceFormatException noTrace() {
        return new TraceFormatException(
                name,
                "line " + lines.line(),
                "no line up to here is of a Tarmac trace, expected such as '12 clk IT (12) 00008000 e3a00001 A svc_s : MOV'");
    }
}
