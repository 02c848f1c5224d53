package dev.hyptrace.traces.container;

import com.google.protobuf.MessageLite;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes a {@code .htr} file.
 *
 * <p>The file has its final name from the start and only grows. What was {@link #flush flushed} can be read by others, and
 * is there if this process is killed; {@link #close} adds the index. An event is either accepted as a whole or refused.
 */
public final class TraceWriter implements EventSink, Flushable, Closeable {
    /** A chunk is written at the latest when it has this many bytes before compression. */
    private static final int FULL_CHUNK = 1 << 22;
    /** The size is looked at after so many events, and after each with a text that is longer than this. */
    private static final int LOOK_AT_SIZE = 256;

    private static final int LONG_TEXT = 4096;

    private final FileChannel channel;
    private final Options options;
    private final Zstandard zstandard;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDirectory directory = new ChunkDirectory();
    private final List<Long> begun = new ArrayList<>();
    private final HypercallAssembler hypercalls =
            new HypercallAssembler(call -> {}, (number, firstEvent) -> begun.add(firstEvent));

    private long position;
    private long events;
    private long steps;
    private int hypercallsBefore;
    private boolean open = true;

    /**
     * How to write.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param chunkEvents how many events a chunk has at most, 1 to 2<sup>20</sup>: more make the file smaller, fewer make it
     *     faster to look into and lose less when the writer is killed
     * @param compressionLevel of Zstandard, 1 to 22
     */
    public record Options(boolean overwrite, int chunkEvents, int compressionLevel) {
        /** The most events that a chunk may have. */
        public static final int MAX_CHUNK_EVENTS = 1 << 20;

        public Options {
            if (chunkEvents < 1 || chunkEvents > MAX_CHUNK_EVENTS || compressionLevel < 1 || compressionLevel > 22) {
                throw new IllegalArgumentException("chunks of " + chunkEvents + " events at level " + compressionLevel
                        + ", expected 1 to " + MAX_CHUNK_EVENTS + " at level 1 to 22");
            }
        }

        /** Never replaces a file; chunks of 65536 events. */
        public static Options standard() {
            return new Options(false, 1 << 16, 6);
        }

        public Options overwriting() {
            return new Options(true, chunkEvents, compressionLevel);
        }
    }

    private TraceWriter(FileChannel channel, Options options) {
        this.channel = channel;
        this.options = options;
        this.zstandard = new Zstandard(options.compressionLevel());
    }

    /** As {@link #create(Path, TraceHeader, Options)} with {@link Options#standard}. */
    public static TraceWriter create(Path file, TraceHeader header) throws IOException {
        return create(file, header, Options.standard());
    }

    /**
     * Creates the file and writes its header.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there and may not be replaced
     */
    public static TraceWriter create(Path file, TraceHeader header, Options options) throws IOException {
        Set<StandardOpenOption> how = options.overwrite()
                ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
                : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(file, how);
        TraceWriter writer = new TraceWriter(channel, options);
        try {
            writer.writeMessage(Frame.Kind.HEADER, HeaderCoder.encode(header), true);
        } catch (IOException | RuntimeException e) {
            writer.release();
            throw e;
        }
        return writer;
    }

    @Override
    public void accept(Event event) throws IOException {
        if (!open) {
            throw new IOException("the trace is closed");
        }
        int textLength = ChunkEncoder.check(event);
        encoder.encode(event);
        hypercalls.accept(event);
        boolean mayBeFull = encoder.events() % LOOK_AT_SIZE == 0 || textLength > LONG_TEXT;
        boolean full = encoder.shapes() >= ShapeDecoder.MAX_SHAPES || mayBeFull && encoder.size() >= FULL_CHUNK;
        if (full || encoder.events() >= options.chunkEvents()) {
            flush();
        }
    }

    /** How many events were accepted. */
    public long events() {
        return events + encoder.events();
    }

    /** How many of them were steps. */
    public long steps() {
        return steps + encoder.steps();
    }

    /** How many hypercalls have begun. */
    public int hypercalls() {
        return hypercalls.begun();
    }

    /** The size of the file. */
    public long bytes() {
        return position;
    }

    /** Makes what was accepted readable, by ending the current chunk. */
    @Override
    public void flush() throws IOException {
        if (!open || encoder.events() == 0) {
            return;
        }
        int count = encoder.events();
        int countSteps = encoder.steps();
        Chunk.Builder chunk = encoder.finish(zstandard);
        for (long firstEvent : begun) {
            chunk.addHypercallDistance(events + count - firstEvent);
        }
        chunk.setFirstEvent(events).setFirstStep(steps).setFirstHypercall(hypercallsBefore);
        directory.add(new ChunkPlace(position, events, steps, hypercallsBefore));
        begun.clear();
        events += count;
        steps += countSteps;
        hypercallsBefore = hypercalls.begun();
        writeMessage(Frame.Kind.CHUNK, chunk.build(), false);
    }

    /** Flushes and writes the index. */
    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        try {
            hypercalls.finish();
            flush();
            long index = position;
            writeMessage(Frame.Kind.INDEX, directory.toMessage(events, steps, hypercalls.begun()), true);
            byte[] trailer = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(index)
                    .array();
            write(Frame.encode(Frame.Kind.TRAILER, trailer, trailer.length));
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        open = false;
        zstandard.close();
        channel.close();
    }

    private void writeMessage(Frame.Kind kind, MessageLite message, boolean compress) throws IOException {
        byte[] body = message.toByteArray();
        if (body.length > Frame.MAX_BODY) {
            throw new IOException("a " + kind + " of " + body.length + " bytes is too long for a trace file");
        }
        byte[] stored = compress ? zstandard.compress(body, body.length) : body;
        write(Frame.encode(kind, stored, body.length));
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position += bytes.length;
    }
}
