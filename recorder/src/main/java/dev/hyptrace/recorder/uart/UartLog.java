package dev.hyptrace.recorder.uart;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Imports the log of a serial console, plain or compressed with gzip.
 *
 * <p>A line's way through this package: {@link ConsoleLine} takes off the time; {@link BootLine} knows what it says of the boot
 * mode; {@link RegisterDump} collects registers; a {@link LinePattern} finds what the user looks for. The package's
 * documentation is the manual of the format and of what is made of it.
 */
public final class UartLog {
    /** The value of {@link TraceHeader#source} for what was imported from such a log. */
    public static final String SOURCE = "uart";

    private static final String EXPECTED =
            "a console log of a Linux kernel on an Arm processor (boot mode, KVM or registers), or what a pattern matches";

    private UartLog() {}

    /**
     * Opens a log. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @param patterns the user's own expressions
     * @throws IOException when the stream fails
     */
    public static TextReader open(String name, InputStream in, List<LinePattern> patterns) throws IOException {
        TextOutput out = new TextOutput(name);
        return new TextReader(out, new UartParser(out, patterns), EXPECTED, in);
    }

    /**
     * Reads a whole log. Everything before the place where it is damaged or cut is delivered, and the report says so. The
     * stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, or nothing in it is of a console of Linux
     * @throws IOException when the stream or the sink fails
     */
    @SuppressWarnings("resource") // Closing the reader would close the stream, which is the caller's.
    public static TextReport read(String name, InputStream in, List<LinePattern> patterns, EventSink sink)
            throws IOException {
        return open(name, in, patterns).readAll(sink);
    }

    /** The header of a recording imported from a log. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is such a log, plain or compressed.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        return TextReader.isRecognised(new UartParser(new TextOutput("head"), List.of()), head);
    }
}
