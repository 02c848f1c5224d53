package dev.hyptrace.recorder.migration;

import dev.hyptrace.recorder.text.Gzip;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Imports a migration stream of QEMU, plain or compressed with gzip.
 *
 * <p>{@link StreamHead} reads up to the end of RAM, which goes to a {@link RamSink}, {@link DeviceSections} finds the sections
 * of the processors by the description at the end, {@link CpuState} makes registers of their fields. The package's
 * documentation is the manual of the format.
 */
public final class Migration {
    /** The value of {@link TraceHeader#source} for what was imported from a stream. */
    public static final String SOURCE = "qemu-migration";

    private Migration() {}

    /**
     * Reads a whole stream. It is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when it is no such stream, is cut or damaged, or is not one of 32-bit Arm processors
     * @throws IOException when the stream or the sink fails
     */
    public static void read(String name, InputStream in, EventSink sink) throws IOException {
        read(name, in, sink, RamSink.NONE);
    }

    /**
     * As {@link #read(String, InputStream, EventSink)}, with its RAM.
     *
     * @throws TraceFormatException also when a page is not there as it is, but compressed or as a difference to another
     * @throws IOException also when the RAM cannot be taken
     */
    public static void read(String name, InputStream in, EventSink sink, RamSink ram) throws IOException {
        StreamHead head = new StreamHead(new StreamBytes(name, Gzip.inflating(in)), ram);
        byte[] devices = head.readToDevices();
        DeviceSections sections = DeviceSections.of(name, head.devicesAt(), devices);
        List<Event.Snapshot> states = CpuState.of(name, sections);
        if (!head.machine().isEmpty()) {
            sink.accept(new Event.Note(0, "machine " + head.machine()));
        }
        for (Event.Snapshot state : states) {
            sink.accept(state);
        }
    }

    /** The header of a recording imported from a stream: what the command line was is not in it. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    /** Whether a file that begins like this is a stream, plain or compressed. */
    public static boolean looksLike(byte[] head) {
        try {
            return StreamHead.isMagic(
                    Gzip.inflating(new ByteArrayInputStream(head)).readNBytes(4));
        } catch (IOException damaged) {
            return false;
        }
    }
}
