package dev.hyptrace.recorder.ds5;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports the trace tables that DS-5 Debugger and Arm DS export, plain or compressed with gzip.
 *
 * <p>A line's way through this package: {@link Ds5Columns} takes it apart to a {@link Ds5Row}; {@link Ds5Parser} makes
 * an event of it; {@link SetRun} finds the instruction set. The package's documentation is the manual of the format and
 * of what is made of it.
 */
public final class Ds5Trace {
    /** The value of {@link TraceHeader#source} for what was imported from such a table. */
    public static final String SOURCE = "ds5";

    private static final String EXPECTED = "a trace table of DS-5 or Arm DS (Record Type, Index, Address, ...)";

    private Ds5Trace() {}

    /**
     * Opens a table. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @throws IOException when the stream fails
     */
    public static TextReader open(String name, InputStream in) throws IOException {
        TextOutput out = new TextOutput(name);
        return new TextReader(out, new Ds5Parser(out), EXPECTED, in);
    }

    /**
     * Reads a whole table. Everything before the place where it is damaged or cut is delivered, and the report says so;
     * it counts the lines by their record type, and the {@code steps}. The stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, is no such table, or is one of a processor in AArch64 state
     * @throws IOException when the stream or the sink fails
     */
    @SuppressWarnings("resource") // Closing the reader would close the stream, which is the caller's.
    public static TextReport read(String name, InputStream in, EventSink sink) throws IOException {
        return open(name, in).readAll(sink);
    }

    /** The header of a recording imported from a table. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is such a table, plain or compressed.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        return TextReader.isRecognised(new Ds5Parser(new TextOutput("head")), head);
    }
}
