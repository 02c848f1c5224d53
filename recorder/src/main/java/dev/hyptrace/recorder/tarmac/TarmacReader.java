package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.text.LineReader;
import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a Tarmac trace; refused is one of a processor in AArch64 state, too. {@link #report} tells, at the end, what was read.
 */
public final class TarmacReader extends LineReader {
    private final Output out;
    private final LineParser parser;

    TarmacReader(String name, InputStream in) throws IOException {
        super(name, "a Tarmac trace", in);
        this.out = new Output(name);
        this.parser = new LineParser(out);
    }

    /** What was read so far; complete once {@link #next} has returned null. */
    public TarmacReport report() {
        return out.report(linesRead(), bytesRead());
    }

    @Override
    protected Event poll() {
        return out.poll();
    }

    @Override
    protected void line(LineSource at) throws TraceFormatException {
        parser.line(at);
    }

    @Override
    protected boolean isRecognised() {
        return parser.isRecognised();
    }

    @Override
    protected void problem(long line, String what) {
        out.problem(line, what);
    }

    @Override
    protected String missing() {
        return "a Tarmac trace, expected such as '12 clk IT (12) 00008000 e3a00001 A svc_s : MOV'";
    }

    @Override
    protected void end() throws TraceFormatException {
        parser.end();
    }
}
