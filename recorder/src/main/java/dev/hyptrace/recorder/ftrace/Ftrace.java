package dev.hyptrace.recorder.ftrace;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReader;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports the text of ftrace, {@code trace-cmd report} and {@code perf script}, plain or compressed with gzip, as far as it is
 * of KVM's events on a 32-bit Arm processor.
 *
 * <p>A line's way through this package: {@link FtraceLine} takes it apart; {@link KvmText} reads what KVM wrote; {@link
 * Guests} knows the thread's {@link GuestProcessor}, which joins an exit and what is said about it to one event. The
 * package's documentation is the manual of the format and of what is made of it.
 */
public final class Ftrace {
    /** The value of {@link TraceHeader#source} for what was imported from such a text. */
    public static final String SOURCE = "ftrace";

    private static final String EXPECTED =
            "an ftrace, trace-cmd or perf text with events of KVM (kvm_entry, kvm_exit, kvm_hvc)";

    private Ftrace() {}

    /**
     * Opens a log. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @throws IOException when the stream fails
     */
    public static TextReader open(String name, InputStream in) throws IOException {
        TextOutput out = new TextOutput(name);
        return new TextReader(out, new FtraceParser(out), EXPECTED, in);
    }

    /**
     * Reads a whole log. Everything before the place where it is damaged or cut is delivered, and the report says so; it
     * counts the events of KVM by their names. The stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, has no event of KVM, or is one of a 64-bit guest
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
     * Whether a file that begins like this is such a text, plain or compressed.
     *
     * @param head the first bytes of it, 64 KiB or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        FtraceParser parser = new FtraceParser(new TextOutput("head"));
        return TextReader.isRecognised(parser, head) || parser.begins();
    }
}
