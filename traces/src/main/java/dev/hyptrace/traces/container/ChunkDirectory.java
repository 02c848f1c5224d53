package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Index;
import dev.hyptrace.traces.container.proto.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The chunks of a file in its order: what the index at the end of a file holds. */
final class ChunkDirectory {
    /** So many bytes of summaries, and so many of them, are put into an index; a file with more has them in its chunks only. */
    private static final int MAX_SUMMARY_BYTES = Frame.MAX_BODY / 2;

    private static final int MAX_SUMMARIES = MessageSize.MAX_FIELDS / 2;

    private final List<ChunkPlace> chunks = new ArrayList<>();
    private final List<Summary> summaries = new ArrayList<>();
    /** Where each chunk ends, of a file without an index; in one with an index it is where the next one begins. */
    private final List<Long> ends = new ArrayList<>();

    private long summaryBytes;
    private long events;
    private long steps;
    private OptionalLong lostAfterChunks = OptionalLong.empty();

    /** @param summary of the chunk; null when it has none */
    void add(ChunkPlace place, Summary summary) {
        chunks.add(place);
        boolean isNext = summaries.size() == chunks.size() - 1 && summaries.size() < MAX_SUMMARIES;
        if (summary != null && isNext && summaryBytes + summary.getSerializedSize() <= MAX_SUMMARY_BYTES) {
            summaryBytes += summary.getSerializedSize();
            summaries.add(summary);
        }
    }

    /** What can be found in a chunk, by its place in {@link #chunks}; null when that is told by the chunk only. */
    Summary summary(int chunk) {
        return chunk < summaries.size() ? summaries.get(chunk) : null;
    }

    /** The number of the event after the last one of a chunk, as far as that is known: the first of the next, or the last. */
    long endOf(int chunk) {
        return chunk < 0
                ? 0
                : chunk < ends.size() ? ends.get(chunk) : chunks.get(chunk + 1).firstEvent();
    }

    /** How many events the file has, as far as it can be read; 0 when there is no index and nothing was said. */
    long events() {
        return events;
    }

    long steps() {
        return steps;
    }

    /** Adds a chunk that was found without an index. */
    void addFound(ChunkPlace place, Summary summary, long end) {
        add(place, summary);
        ends.add(end);
        lostAfterChunks = OptionalLong.empty();
    }

    /** Notes that from here on there may be chunks that cannot be read, up to the one that is found next, if any. */
    void loseAfter(long offset) {
        if (lostAfterChunks.isEmpty()) {
            lostAfterChunks = OptionalLong.of(offset);
        }
    }

    /** Where something that cannot be read begins after the last chunk, and may have held more of them. */
    OptionalLong lostAfterChunks() {
        return lostAfterChunks;
    }

    void setTotals(long allEvents, long allSteps) {
        events = allEvents;
        steps = allSteps;
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

    Index toMessage(long allEvents, long allSteps, int hypercalls) {
        Index.Builder message =
                Index.newBuilder().setEvents(allEvents).setSteps(allSteps).setHypercalls(hypercalls);
        if (summaries.size() == chunks.size()) {
            message.addAllSummaries(summaries);
        }
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
            directory.add(chunk, i < message.getSummariesCount() ? message.getSummaries(i) : null);
            before = chunk;
        }
        directory.setTotals(message.getEvents(), message.getSteps());
        return directory;
    }
}
