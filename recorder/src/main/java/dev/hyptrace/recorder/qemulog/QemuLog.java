package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.LineSource;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports the text that QEMU writes with {@code -d in_asm,exec,cpu,int,nochain} and {@code -singlestep} (up to 7.2) or
 * {@code -accel tcg,one-insn-per-tb=on} (8.1 and later), plain or compressed with gzip.
 *
 * <p>A byte's way through this package: {@link LineSource} finds the lines; {@link LogParser} tells them apart; {@link
 * TranslatedCode} keeps the instruction bytes of IN blocks; {@link RegisterBlock} collects registers; {@link Processor} joins
 * them to steps and {@link TakenException}s to entries; {@link Chain} sees where a step does not follow from the one before,
 * by the {@link Flow} of its encoding. The package's documentation is the manual of the format and of what is made of it.
 */
public final class QemuLog {
    /** The value of {@link TraceHeader#source} for what was imported from a QEMU log. */
    public static final String SOURCE = "qemu-log";

    private QemuLog() {}

    /**
     * Opens a log. The stream is closed with the reader.
     *
     * @param name what to call it in messages
     * @throws IOException when the stream fails
     */
    public static QemuLogReader open(String name, InputStream in) throws IOException {
        return new QemuLogReader(name, in);
    }

    /**
     * Reads a whole log. Everything before the place where it is damaged or cut is delivered, and the report says so. The
     * stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when the input is empty, is no QEMU log, or is one of a processor in AArch64 state
     * @throws IOException when the stream or the sink fails
     */
    public static ImportReport read(String name, InputStream in, EventSink sink) throws IOException {
        QemuLogReader reader = new QemuLogReader(name, in);
        for (Event event = reader.next(); event != null; event = reader.next()) {
            sink.accept(event);
        }
        return reader.report();
    }

    /** The header of a recording imported from a log: a log does not say what wrote it or how that was started. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /**
     * Whether a file that begins like this is a QEMU log, plain or compressed.
     *
     * @param head the first bytes of it, 4096 or more if it has so many
     */
    public static boolean looksLike(byte[] head) {
        LineSource lines = null;
        LogParser parser = new LogParser(new Output("head"));
        try {
            lines = LineSource.inflating(new ByteArrayInputStream(head));
            while (!parser.isRecognised() && lines.advance()) {
                parser.line(lines);
            }
        } catch (IOException damaged) {
            return false;
        }
        return parser.isRecognised();
    }
}
