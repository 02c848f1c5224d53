package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Summary;

/** Something that is sought in a trace, chunk by chunk. */
interface LookupQuery {
    /** In place of an event that was not found. */
    int NONE = -1;

    /** Whether a chunk with this summary may have it. */
    boolean mayBeIn(Summary summary);

    /** Whether the chunk may have it, by what it says before it is decoded. */
    default boolean mayBeIn(Chunk chunk) throws CorruptChunkException {
        return true;
    }

    /** Whether {@link #mayBeIn(Chunk)} can tell more than the summary does. */
    default boolean asksChunks() {
        return false;
    }

    /**
     * The event that is nearest to a place in a chunk.
     *
     * @param from the first event to look at
     * @param backwards whether to look at the events before it then, or at those after it
     */
    int find(ChunkView view, int from, boolean backwards) throws CorruptChunkException;
}
