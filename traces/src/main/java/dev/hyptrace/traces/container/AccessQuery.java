package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Summary;
import dev.hyptrace.traces.model.MemoryAccess;

/** A step, of whatever processor, that stores to a word of memory or loads from it. */
final class AccessQuery implements LookupQuery {
    private static final int WORD = 4;

    private final int address;
    private final boolean write;

    /** @param address of any byte of the word */
    AccessQuery(int address, boolean write) {
        this.address = address & -WORD;
        this.write = write;
    }

    @Override
    public boolean mayBeIn(Summary summary) {
        if (summary.getChanged().isEmpty()) {
            return true; // There is none.
        }
        ByteString pages = write ? summary.getStoredPages() : summary.getLoadedPages();
        return !pages.isEmpty() && ChunkSummary.mayHave(pages, WordSet.pageBit(address));
    }

    @Override
    public boolean asksChunks() {
        return true;
    }

    @Override
    public boolean mayBeIn(Chunk chunk) throws CorruptChunkException {
        if (!chunk.hasSummary()) {
            return true;
        }
        return write
                ? chunk.hasStoredWords() && WordSet.contains(chunk.getStoredWords(), address)
                : chunk.hasLoadedWords() && WordSet.contains(chunk.getLoadedWords(), address);
    }

    @Override
    public int find(ChunkView view, int from, boolean backwards) {
        int event = view.withAccesses(from, backwards);
        while (event >= 0 && view.accesses(event).stream().noneMatch(this::isWanted)) {
            event = view.withAccesses(backwards ? event - 1 : event + 1, backwards);
        }
        return event;
    }

    private boolean isWanted(MemoryAccess access) {
        return access.write() == write
                && Integer.toUnsignedLong(access.address()) < Integer.toUnsignedLong(address) + WORD
                && Integer.toUnsignedLong(address) < Integer.toUnsignedLong(access.address()) + access.size();
    }
}
