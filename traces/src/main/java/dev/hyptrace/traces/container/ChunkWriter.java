package dev.hyptrace.traces.container;

import com.google.protobuf.MessageLite;
import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Codes events into chunks, for a {@link ChunkPacker} to append: the part of a {@link TraceWriter} that has a thread of its own. */
final class ChunkWriter implements Closeable {
    /** A chunk is written at the latest when it has this many bytes before compression. */
    private static final int FULL_CHUNK = 1 << 22;
    /** The size is looked at after so many events, and after each with a text that is longer than this. */
    private static final int LOOK_AT_SIZE = 256;

    private static final int LONG_TEXT = 4096;

    private final FrameOutput output;
    private final ChunkDirectory directory = new ChunkDirectory();
    private final ChunkPacker packer;
    private final Zstandard zstandard;
    private final int chunkEvents;
    private final ChunkEncoder encoder;
    private final List<Long> begun = new ArrayList<>();
    private final HypercallAssembler hypercalls =
            new HypercallAssembler(call -> {}, (number, firstEvent) -> begun.add(firstEvent));

    private long events;
    private long steps;
    private int hypercallsBefore;
    private volatile int hypercallsAtEnd;

    ChunkWriter(WritableByteChannel channel, TraceWriter.Options options) {
        this(channel, options, () -> new Zstandard(options.compressionLevel()));
    }

    /** @param compressors makes one for each thread that compresses */
    ChunkWriter(WritableByteChannel channel, TraceWriter.Options options, Supplier<Zstandard> compressors) {
        this.output = new FrameOutput(channel);
        this.packer = new ChunkPacker(output, directory, options.compressors(), compressors);
        this.zstandard = new Zstandard(options.compressionLevel());
        this.chunkEvents = options.chunkEvents();
        this.encoder = new ChunkEncoder(options.use());
    }

    void writeHeader(TraceHeader header) throws IOException {
        writeMessage(Frame.Kind.HEADER, HeaderCoder.encode(header));
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
            endChunk();
        }
    }

    /** How many hypercalls had begun when the last chunk was written. Asked by any thread. */
    int hypercalls() {
        return Math.max(packer.hypercalls(), hypercallsAtEnd);
    }

    /** The size of the file. Asked by any thread. */
    long bytes() {
        return output.size();
    }

    /** Why a chunk could not be written; null as long as all is well. Asked by any thread. */
    Throwable failure() {
        return packer.failure();
    }

    private void endChunk() throws IOException {
        if (encoder.events() == 0) {
            return;
        }
        int count = encoder.events();
        int countSteps = encoder.steps();
        CodedChunk chunk = encoder.finish();
        for (long firstEvent : begun) {
            chunk.message().addHypercallDistance(events + count - firstEvent);
        }
        chunk.message().setFirstEvent(events).setFirstStep(steps).setFirstHypercall(hypercallsBefore);
        begun.clear();
        events += count;
        steps += countSteps;
        hypercallsBefore = hypercalls.begun();
        chunk.setHypercallsAfter(hypercallsBefore);
        packer.add(chunk);
    }

    /** Ends the current chunk; all is in the file then. */
    void flush() throws IOException {
        endChunk();
        packer.await();
    }

    /** Flushes and writes the index. */
    void finish() throws IOException {
        hypercalls.finish();
        flush();
        hypercallsAtEnd = hypercalls.begun();
        long index = output.size();
        writeMessage(Frame.Kind.INDEX, directory.toMessage(events, steps, hypercalls.begun()));
        byte[] trailer = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(index)
                .array();
        output.append(Frame.encode(Frame.Kind.TRAILER, trailer, trailer.length));
    }

    @Override
    public void close() throws IOException {
        packer.close();
        zstandard.close();
        output.close();
    }

    private void writeMessage(Frame.Kind kind, MessageLite message) throws IOException {
        byte[] body = FrameOutput.body(kind, message);
        output.append(Frame.encode(kind, zstandard.compress(body, body.length), body.length));
    }
}
