package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Index;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Finds the chunks of a file: by the index at its end, or, when that is missing or damaged, by looking at every frame and,
 * where something else than a frame is found, for the next marker.
 */
final class ChunkFinder {
    private final FrameFile file;
    private final Consumer<Trace.Damage> damage;
    private final ChunkDirectory directory = new ChunkDirectory();
    private long nextEvent;
    private boolean isAfterChunks;

    private ChunkFinder(FrameFile file, Consumer<Trace.Damage> damage) {
        this.file = file;
        this.damage = damage;
    }

    /**
     * The chunks.
     *
     * @param start the position after the header
     * @param damage is told what could not be read
     */
    static ChunkDirectory find(FrameFile file, long start, Consumer<Trace.Damage> damage) throws IOException {
        long trailer = file.size() - Frame.TRAILER_SIZE;
        try {
            if (trailer < start) {
                throw new CorruptChunkException(
                        "the file ends without an index, expected one: it was not closed or is cut");
            }
            return readIndex(file, trailer);
        } catch (CorruptChunkException e) {
            damage.accept(new Trace.Damage(file.size(), e.getMessage()));
            ChunkFinder finder = new ChunkFinder(file, damage);
            finder.scan(start);
            return finder.directory;
        }
    }

    private static ChunkDirectory readIndex(FrameFile file, long trailer) throws IOException, CorruptChunkException {
        ByteString body;
        try {
            body = file.read(trailer).expect(Frame.Kind.TRAILER);
        } catch (CorruptChunkException e) {
            throw new CorruptChunkException(
                    "the file does not end with a trailer, expected one: it was not closed, is cut, or its end is damaged");
        }
        long offset = body.size() == Long.BYTES
                ? body.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong()
                : -1;
        if (offset < 0 || offset >= trailer) {
            throw new CorruptChunkException("the trailer points outside the file");
        }
        FrameFile.Body index = file.read(offset);
        if (index.end(offset) != trailer) {
            throw new CorruptChunkException("the trailer does not follow the index");
        }
        try {
            return ChunkDirectory.of(Index.parseFrom(index.message(Frame.Kind.INDEX)), offset);
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptChunkException("the index is no message: " + e.getMessage());
        }
    }

    private void scan(long start) throws IOException {
        long offset = start;
        boolean isSkipping = false;
        while (offset < file.size()) {
            try {
                Frame frame = file.head(offset);
                if (frame.kind() == Frame.Kind.HEADER) {
                    damage.accept(new Trace.Damage(offset, "another trace begins here, expected the end of the file"));
                    return;
                }
                look(frame, offset);
                offset += Frame.HEAD_SIZE + frame.length();
                isSkipping = false;
            } catch (CorruptChunkException e) {
                if (!isSkipping) {
                    lose(offset, e.getMessage());
                }
                isSkipping = true;
                offset = file.findMarker(offset + 1);
            }
        }
    }

    /** Notes a frame whose head is sound. Its body is damage of its own: where the next frame begins is known. */
    private void look(Frame frame, long offset) throws IOException {
        isAfterChunks |= frame.kind() != Frame.Kind.CHUNK;
        try {
            FrameFile.Body body = file.read(offset);
            if (frame.kind() == Frame.Kind.CHUNK) {
                add(Chunk.parseFrom(body.message(Frame.Kind.CHUNK)), offset);
            }
        } catch (CorruptChunkException e) {
            lose(offset, e.getMessage());
        } catch (InvalidProtocolBufferException e) {
            lose(offset, "the chunk is no message: " + e.getMessage());
        }
    }

    private void lose(long offset, String what) {
        damage.accept(new Trace.Damage(offset, what));
        if (!isAfterChunks) {
            directory.loseAfter(offset);
        }
    }

    private void add(Chunk chunk, long offset) throws CorruptChunkException {
        long first = chunk.getFirstEvent();
        if (first < nextEvent) {
            throw new CorruptChunkException("a chunk begins with event " + first + ", expected " + nextEvent);
        }
        nextEvent = first + Integer.toUnsignedLong(chunk.getEvents());
        directory.addFound(
                new ChunkPlace(offset, first, chunk.getFirstStep(), chunk.getFirstHypercall()),
                chunk.hasSummary() ? chunk.getSummary() : null,
                nextEvent);
        directory.setTotals(nextEvent, chunk.getFirstStep() + Integer.toUnsignedLong(chunk.getSteps()));
    }
}
