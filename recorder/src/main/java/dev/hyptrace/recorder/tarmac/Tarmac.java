package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports Tarmac traces of AArch32 processors, plain or compressed with gzip.
 *
 * <p>{@link LineParser} tells the lines apart, {@link RegisterNames} knows what producers call registers, {@link Processor}
 * joins the lines of one processor to events. The package's documentation is the manual of the format and of what is made of it.
 */
public final class Tarmac {
    /** The value of {@link TraceHeader#source} for what was imported from a Tarmac trace. */
    public static final String SOURCE = "tarmac";

    private Tarmac() {}

    /**
     * Opens a trace. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @throws IOException when the stream fails
     */
    public static TarmacReader open(String name, InputStream in) throws IOException {
        return new TarmacReader(name, in);
    }

    /**
     * Reads a whole trace. Everything before the place where it is damaged or cut is delivered, and the report says so. The
     * stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, is no Tarmac trace, or is one of a processor in AArch64 state
     * @throws IOException when the stream or the sink fails
     */
    public static TarmacReport read(String name, InputStream in, EventSink sink) throws IOException {
        TarmacReader reader = new TarmacReader(name, in);
        for (Event event = reader.next(); event != null; event = reader.next()) {
            sink.accept(event);
        }
        return reader.report();
    }

    /** The header of a recording imported from a trace: a trace does not say what wrote it. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is a Tarmac trace, plain or compressed; also one of AArch64, which is refused when
     * it is read.
     *
     * @param head the first bytes of it, 4096 or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        LineParser parser = new LineParser(new Output("head"));
        try {
            LineSource lines = LineSource.inflating(new ByteArrayInputStream(head));
            while (!parser.isRecognised() && lines.advance()) {
                parser.line(lines);
            }
        } catch (TraceFormatException aarch64) {
            return true;
        } catch (IOException damaged) {
            return false;
        }
        return parser.isRecognised();
    }
}
