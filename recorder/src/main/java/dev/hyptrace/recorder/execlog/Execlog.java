package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports the log of QEMU's plugin execlog on a 32-bit Arm processor, plain or compressed with gzip.
 *
 * <p>{@link ExeclogLine} takes a line apart, {@link ExeclogProcessor} joins the lines of one processor to events with the {@link
 * RegisterView} that its changes give. The package's documentation is the manual of the format and of what is made of it.
 */
public final class Execlog {
    /** The value of {@link TraceHeader#source} for what was imported from such a log. */
    public static final String SOURCE = "execlog";
    /** What the report counts. */
    public static final String STEPS = "steps";

    public static final String GAPS = "gaps";
    public static final String EXCEPTIONS = "exceptions";
    public static final String RETURNS = "exception returns";
    public static final String ACCESSES = "memory accesses";

    private static final String EXPECTED =
            "a log of QEMU's plugin execlog on a 32-bit Arm processor, such as '0, 0x40000000, 0xe1a00000, \"nop\"'";

    private Execlog() {}

    /**
     * Opens a log. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @throws IOException when the stream fails
     */
    public static TextReader open(String name, InputStream in) throws IOException {
        TextOutput out = new TextOutput(name);
        return new TextReader(out, new ExeclogParser(out), EXPECTED, in);
    }

    /**
     * Reads a whole log. Everything before the place where it is damaged or cut is delivered, and the report says so. The stream
     * is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, has no line of execlog, or is one of a 64-bit processor
     * @throws IOException when the stream or the sink fails
     */
    @SuppressWarnings("resource") // Closing the reader would close the stream, which is the caller's.
    public static TextReport read(String name, InputStream in, EventSink sink) throws IOException {
        return open(name, in).readAll(sink);
    }

    /** The header of a recording imported from a log: a log does not say what wrote it or how that was started. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is such a log, plain or compressed; also one of a 64-bit processor, which is refused
     * when it is read.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        return TextReader.isRecognised(new ExeclogParser(new TextOutput("head")), head);
    }
}
