package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.LineReader;
import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a QEMU log; refused is one of a processor in AArch64 state, too. {@link #report} tells, at the end, what was read.
 */
public final class QemuLogReader extends LineReader {
    private final Output out;
    private final LogParser parser;

    QemuLogReader(String name, InputStream in) throws IOException {
        super(name, "a QEMU log", in);
        this.out = new Output(name);
        this.parser = new LogParser(out);
    }

    /** What was read so far; complete once {@link #next} has returned null. */
    public ImportReport report() {
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
        String found = parser.firstLine() == null ? "" : ": it begins with '" + parser.firstLine() + "'";
        return "a QEMU log (-d in_asm,exec,cpu,int)" + found;
    }

    @Override
    protected void end() throws TraceFormatException {
        parser.end();
    }
}
