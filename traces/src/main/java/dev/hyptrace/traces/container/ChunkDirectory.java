package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The chunks of a file in its order: what the index at the end of a file holds. */
final class ChunkDirectory {
    private final List<ChunkPlace> chunks = new ArrayList<>();

    void add(ChunkPlace place) {
        chunks.add(place);
    }

    List<ChunkPlace> chunks() {
        return chunks;
    }

    /** The place in {@link #chunks} of the last chunk that begins at or before the event; 0 when there is none. */
    int withEvent(long event) {
        return Math.max(0, last(ChunkPlace::firstEvent, event));
    }

    /** The place of the last chunk whose first step is at or before the step; 0 when there is none. */
    int withStep(long step) {
        return Math.max(0, last(ChunkPlace::firstStep, step));
    }

    /** The place of the chunk in which the hypercall with this number, from 1, begins; -1 when there is none. */
    int withHypercall(int number) {
        return last(ChunkPlace::firstHypercall, number - 1L);
    }

    /** The last chunk of which the number, which never falls, is not above the limit; -1 when there is none. */
    private int last(ToLongFunction<ChunkPlace> numberOf, long limit) {
        int found = -1;
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (numberOf.applyAsLong(chunks.get(middle)) <= limit) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    Index toMessage(long events, long steps, int hypercalls) {
        Index.Builder message =
                Index.newBuilder().setEvents(events).setSteps(steps).setHypercalls(hypercalls);
        ChunkPlace before = new ChunkPlace(0, 0, 0, 0);
        for (ChunkPlace chunk : chunks) {
            message.addOffsets(chunk.offset() - before.offset())
                    .addFirstEvents(chunk.firstEvent() - before.firstEvent())
                    .addFirstSteps(chunk.firstStep() - before.firstStep())
                    .addFirstHypercalls(chunk.firstHypercall() - before.firstHypercall());
            before = chunk;
        }
        return message.build();
    }

    /** @param end the position of the index itself: every chunk is before it */
    static ChunkDirectory of(Index message, long end) throws CorruptChunkException {
        ChunkDirectory directory = new ChunkDirectory();
        int count = message.getOffsetsCount();
        if (message.getFirstEventsCount() != count
                || message.getFirstStepsCount() != count
                || message.getFirstHypercallsCount() != count) {
            throw new CorruptChunkException("the lists of the index are not of equal length");
        }
        ChunkPlace before = new ChunkPlace(0, 0, 0, 0);
        for (int i = 0; i < count; i++) {
            ChunkPlace chunk = new ChunkPlace(
                    before.offset() + message.getOffsets(i),
                    before.firstEvent() + message.getFirstEvents(i),
                    before.firstStep() + message.getFirstSteps(i),
                    before.firstHypercall() + message.getFirstHypercalls(i));
            if (chunk.offset() <= before.offset()
                    || chunk.offset() >= end
                    || chunk.firstEvent() < before.firstEvent()) {
                throw new CorruptChunkException("the chunks of the index are not in order");
            }
            directory.add(chunk);
            before = chunk;
        }
        return directory;
    }
}
