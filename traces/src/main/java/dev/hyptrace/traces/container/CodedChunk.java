package dev.hyptrace.traces.container;

import com.google.protobuf.UnsafeByteOperations;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Column;
import dev.hyptrace.traces.container.proto.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A chunk whose events are coded and whose columns are not compressed yet, which does not depend on any other chunk. */
final class CodedChunk {
    private final Chunk.Builder message;
    private final List<Integer> ids = new ArrayList<>();
    private final List<byte[]> columns = new ArrayList<>();
    private byte[] storedWords = {};
    private byte[] loadedWords = {};
    private int hypercallsAfter;

    CodedChunk(Chunk.Builder message) {
        this.message = message;
    }

    /** What is not compressed. */
    Chunk.Builder message() {
        return message;
    }

    void addColumn(int id, byte[] bytes) {
        ids.add(id);
        columns.add(bytes);
    }

    /** @param words as {@link WordSet#drain} makes them */
    void setStoredWords(byte[] words) {
        storedWords = words;
    }

    /** @param words as {@link WordSet#drain} makes them */
    void setLoadedWords(byte[] words) {
        loadedWords = words;
    }

    /** @param begun how many hypercalls had begun when it ended */
    void setHypercallsAfter(int begun) {
        hypercallsAfter = begun;
    }

    int hypercallsAfter() {
        return hypercallsAfter;
    }

    /** Where it is when its frame is at this offset. */
    ChunkPlace place(long offset) {
        return new ChunkPlace(offset, message.getFirstEvent(), message.getFirstStep(), message.getFirstHypercall());
    }

    Summary summary() {
        return message.getSummary();
    }

    /** Its frame, head and body, after which it is of no more use. */
    byte[] toFrame(Zstandard zstandard) throws IOException {
        for (int i = 0; i < ids.size(); i++) {
            message.addColumns(compress(columns.get(i), zstandard).setId(ids.get(i)));
        }
        if (storedWords.length > 0) {
            message.setStoredWords(compress(storedWords, zstandard));
        }
        if (loadedWords.length > 0) {
            message.setLoadedWords(compress(loadedWords, zstandard));
        }
        byte[] body = FrameOutput.body(Frame.Kind.CHUNK, message.build());
        return Frame.encode(Frame.Kind.CHUNK, body, body.length);
    }

    private static Column.Builder compress(byte[] bytes, Zstandard zstandard) {
        byte[] data = zstandard.compress(bytes, bytes.length);
        return Column.newBuilder().setSize(bytes.length).setData(UnsafeByteOperations.unsafeWrap(data));
    }
}
