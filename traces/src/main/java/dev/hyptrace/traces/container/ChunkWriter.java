package dev.hyptrace.traces.container;

import com.google.protobuf.MessageLite;
import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Codes events into chunks and appends these to the file: the half of a {@link TraceWriter} that has a thread of its own. */
final class ChunkWriter implements Closeable {
    /** A chunk is written at the latest when it has this many bytes before compression. */
    private static final int FULL_CHUNK = 1 << 22;
    /** The size is looked at after so many events, and after each with a text that is longer than this. */
    private static final int LOOK_AT_SIZE = 256;

    private static final int LONG_TEXT = 4096;

    private final FileChannel channel;
    private final int chunkEvents;
    private final Zstandard zstandard;
    private final ChunkEncoder encoder;
    private final ChunkDirectory directory = new ChunkDirectory();
    private final List<Long> begun = new ArrayList<>();
    private final HypercallAssembler hypercalls =
            new HypercallAssembler(call -> {}, (number, firstEvent) -> begun.add(firstEvent));

    private volatile long bytes;
    private volatile int hypercallsBegun;
    private long position;
    private long events;
    private long steps;
    private int hypercallsBefore;

    ChunkWriter(FileChannel channel, TraceWriter.Options options) {
        this.channel = channel;
        this.chunkEvents = options.chunkEvents();
        this.encoder = new ChunkEncoder(options.use());
        this.zstandard = new Zstandard(options.compressionLevel());
    }

    void writeHeader(TraceHeader header) throws IOException {
        writeMessage(Frame.Kind.HEADER, HeaderCoder.encode(header), true);
    }

    /** Takes an event that {@link ChunkEncoder#check} has let pass. */
    void accept(Event event) throws IOException {
        encoder.encode(event);
        hypercalls.accept(event);
        flushFull(encoder.events() % LOOK_AT_SIZE == 0 || ChunkEncoder.textLength(event) > LONG_TEXT);
    }

    /** Takes the steps of a rows. */
    void accept(StepRows rows) throws IOException {
        if (!hypercalls.isIdle(rows.cpu())) {
            for (int i = 0; i < rows.size(); i++) {
                accept(rows.step(i));
            }
            return;
        }
        hypercalls.skipSteps(rows.size());
        int end;
        for (int first = 0; first < rows.size(); first = end) {
            int looked = LOOK_AT_SIZE - encoder.events() % LOOK_AT_SIZE;
            end = Math.min(rows.size(), first + Math.min(looked, chunkEvents - encoder.events()));
            encoder.encode(rows, first, end);
            flushFull(encoder.events() % LOOK_AT_SIZE == 0);
        }
    }

    private void flushFull(boolean mayBeLong) throws IOException {
        if (encoder.events() >= chunkEvents
                || encoder.shapes() >= ShapeDecoder.MAX_SHAPES
                || mayBeLong && encoder.size() >= FULL_CHUNK) {
            flush();
        }
    }

    /** How many hypercalls had begun when the last chunk was written. Asked by any thread. */
    int hypercalls() {
        return hypercallsBegun;
    }

    /** The size of the file. Asked by any thread. */
    long bytes() {
        return bytes;
    }

    /** Ends the current chunk. */
    void flush() throws IOException {
        if (encoder.events() == 0) {
            return;
        }
        int count = encoder.events();
        int countSteps = encoder.steps();
        Chunk.Builder chunk = encoder.finish(zstandard);
        for (long firstEvent : begun) {
            chunk.addHypercallDistance(events + count - firstEvent);
        }
        chunk.setFirstEvent(events).setFirstStep(steps).setFirstHypercall(hypercallsBefore);
        directory.add(new ChunkPlace(position, events, steps, hypercallsBefore), chunk.getSummary());
        begun.clear();
        events += count;
        steps += countSteps;
        hypercallsBefore = hypercalls.begun();
        writeMessage(Frame.Kind.CHUNK, chunk.build(), false);
        hypercallsBegun = hypercallsBefore;
    }

    /** Flushes and writes the index. */
    void finish() throws IOException {
        hypercalls.finish();
        flush();
        hypercallsBegun = hypercalls.begun();
        long index = position;
        writeMessage(Frame.Kind.INDEX, directory.toMessage(events, steps, hypercalls.begun()), true);
        byte[] trailer = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(index)
                .array();
        write(Frame.encode(Frame.Kind.TRAILER, trailer, trailer.length));
    }

    @Override
    public void close() throws IOException {
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

    private void write(byte[] written) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(written);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position += written.length;
        bytes = position;
    }
}
