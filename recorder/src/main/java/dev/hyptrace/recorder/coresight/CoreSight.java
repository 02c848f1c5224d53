package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports what OpenCSD's {@code trc_pkt_lister -decode} writes of the traces of CoreSight ETMv3 and PTM, plain or
 * compressed with gzip.
 *
 * <p>A line's way through this package: {@link CoreSightParser} takes it apart; {@link TraceSources} knows the
 * {@link TraceSource} of its ID, which makes steps of an {@link InstructionRange} by {@link RangeCode} and the
 * {@link CodeImages}, and asks {@link Packets} for what the decoder leaves out. The package's documentation is the
 * manual of the format and of what is made of it.
 */
public final class CoreSight {
    /** The value of {@link TraceHeader#source} for what was imported from such a listing. */
    public static final String SOURCE = "coresight";

    private static final String EXPECTED = "a listing of OpenCSD's trc_pkt_lister -decode";

    private CoreSight() {}

    /**
     * Opens a listing. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @param code the code that was executed, as far as it is known
     * @throws IOException when the stream fails
     */
    public static TextReader open(String name, InputStream in, CodeImages code) throws IOException {
        TextOutput out = new TextOutput(name);
        return new TextReader(out, new CoreSightParser(out, code), EXPECTED, in);
    }

    /**
     * Reads a whole listing. Everything before the place where it is damaged or cut is delivered, and the report says
     * so; it counts the elements by their names, the {@code instructions} of the ranges and the {@code steps} that
     * became of them, and what became no step. The stream is left open.
     *
     * @param name what to call it in messages
     * @param code the code that was executed, as far as it is known
     * @throws TraceFormatException when the input is empty, is no such listing, or is one of a processor in AArch64
     * state
     * @throws IOException when the stream or the sink fails
     */
    @SuppressWarnings("resource") // Closing the reader would close the stream, which is the caller's.
    public static TextReport read(String name, InputStream in, CodeImages code, EventSink sink) throws IOException {
        return open(name, in, code).readAll(sink);
    }

    /** The header of a recording imported from a listing. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is such a listing, plain or compressed.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        return TextReader.isRecognised(new CoreSightParser(new TextOutput("head"), CodeImages.none()), head);
    }
}
