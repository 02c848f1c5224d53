package dev.hyptrace.traces.container;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Summary;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The chunks of a file that were looked into last, decoded, and what is known of the others without decoding them. */
final class ChunkCache {
    /** What is kept decoded weighs so much: some 100 MB. */
    private static final long MOST_WEIGHT = 2_000_000;

    private final String name;
    private final FrameFile file;
    private final Names names;
    private final ChunkDirectory directory;
    private final Map<Integer, ChunkView> views = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    ChunkCache(String name, FrameFile file, Names names, ChunkDirectory directory) {
        this.name = name;
        this.file = file;
        this.names = names;
        this.directory = directory;
    }

    Names names() {
        return names;
    }

    int chunks() {
        return directory.chunks().size();
    }

    ChunkDirectory directory() {
        return directory;
    }

    /** @throws TraceFormatException when the chunk cannot be read */
    ChunkView view(int chunk) throws IOException {
        ChunkView view = views.get(chunk);
        if (view == null) {
            ChunkPlace place = directory.chunks().get(chunk);
            try {
                view = ChunkView.of(place, message(chunk), names);
            } catch (CorruptChunkException e) {
                throw damaged(place, e);
            }
            keep(chunk, view);
        }
        return view;
    }

    private void keep(int chunk, ChunkView view) {
        views.put(chunk, view);
        weight += view.weight();
        Iterator<ChunkView> eldest = views.values().iterator();
        while (weight > MOST_WEIGHT && views.size() > 1) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    /** Whether the chunk has been looked into lately. */
    boolean isKept(int chunk) {
        return views.containsKey(chunk);
    }

    /** What can be found in a chunk; the empty message when that is not known. */
    Summary summary(int chunk) throws IOException {
        Summary known = directory.summary(chunk);
        return known != null ? known : message(chunk).getSummary();
    }

    /** The chunk as it is in the file. */
    Chunk message(int chunk) throws IOException {
        ChunkPlace place = directory.chunks().get(chunk);
        try {
            return HtrReader.read(file, place);
        } catch (CorruptChunkException e) {
            throw damaged(place, e);
        }
    }

    TraceFormatException damaged(ChunkPlace place, CorruptChunkException e) {
        return new TraceFormatException(name, "byte " + place.offset(), e.getMessage());
    }

    /**
     * Refuses to go from one chunk to its neighbour when events between them are missing.
     *
     * @param chunk the later of the two; {@link #chunks} for the end of the file
     */
    void checkNothingIsMissingBefore(int chunk) throws TraceFormatException {
        if (chunk == chunks()) {
            checkNothingIsMissingAtEnd();
            return;
        }
        ChunkPlace place = directory.chunks().get(chunk);
        long endOfPrevious = directory.endOf(chunk - 1);
        if (place.firstEvent() != endOfPrevious) {
            throw new TraceFormatException(
                    name,
                    "byte " + place.offset(),
                    (place.firstEvent() - endOfPrevious) + " events before this chunk cannot be read: what was sought"
                            + " may be among them");
        }
    }

    private void checkNothingIsMissingAtEnd() throws TraceFormatException {
        OptionalLong lost = directory.lostAfterChunks();
        if (lost.isPresent()) {
            throw new TraceFormatException(
                    name,
                    "byte " + lost.getAsLong(),
                    "from here on the file cannot be read: what was sought may be there");
        }
    }
}
