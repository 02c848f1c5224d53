package dev.hyptrace.traces.container;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Processor;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads the events of a file, one chunk after the other.
 *
 * <p>Where a chunk is missing or cannot be read, a {@link Event.Gap} on every processor that is known stands in its place.
 */
final class HtrReader implements EventReader {
    private final FrameFile file;
    private final Names names;
    private final List<ChunkPlace> chunks;
    private final Consumer<Trace.Damage> damage;
    private final SortedSet<Integer> processors = new TreeSet<>();
    private final Queue<Event> gaps = new ArrayDeque<>();

    private int nextChunk;
    private ChunkDecoder decoder;
    private Event peeked;
    private ChunkPlace place;
    private long nextEvent;
    private long nextStep;

    /** @param first the place of the first chunk to read in the list */
    HtrReader(FrameFile file, Names names, List<ChunkPlace> chunks, int first, Consumer<Trace.Damage> damage) {
        this.file = file;
        this.names = names;
        this.chunks = chunks;
        this.nextChunk = first;
        this.damage = damage;
        if (first > 0) {
            this.nextEvent = chunks.get(first).firstEvent();
            this.nextStep = chunks.get(first).firstStep();
        }
    }

    /** The number of the event that {@link #next} gives next, in the file as it was written. */
    long nextEvent() {
        return nextEvent;
    }

    /** How many steps the file has before that event. */
    long nextStep() {
        return nextStep;
    }

    @Override
    public Event next() throws IOException {
        Event event = peek();
        if (!gaps.isEmpty()) {
            return gaps.remove();
        }
        if (event != null) {
            peeked = null;
            nextEvent++;
            nextStep += event instanceof Event.Step ? 1 : 0;
            processors.add(event.cpu());
        }
        return event;
    }

    /** Skips what is before an event of the file; what stands before it then may be another if that one cannot be read. */
    void skipToEvent(long event) throws IOException {
        while (peek() != null && (!gaps.isEmpty() || nextEvent < event)) {
            next();
        }
    }

    /** Skips what is before a step of the file. */
    void skipToStep(long step) throws IOException {
        while (peek() != null && (!gaps.isEmpty() || nextStep < step || !(peeked instanceof Event.Step))) {
            next();
        }
    }

    /** What {@link #next} will return. */
    private Event peek() throws IOException {
        while (gaps.isEmpty() && peeked == null) {
            peeked = decode();
            if (peeked == null) {
                if (nextChunk == chunks.size()) {
                    return null;
                }
                openNext();
            }
        }
        return gaps.isEmpty() ? peeked : gaps.peek();
    }

    private Event decode() {
        if (decoder == null) {
            return null;
        }
        try {
            Event event = decoder.next();
            decoder = event == null ? null : decoder;
            return event;
        } catch (CorruptChunkException e) {
            decoder = null;
            damage.accept(new Trace.Damage(place.offset(), e.getMessage()));
            return null;
        }
    }

    private void openNext() throws IOException {
        place = chunks.get(nextChunk++);
        try {
            Chunk chunk = read(file, place);
            decoder = new ChunkDecoder(chunk, names);
            for (Processor processor : chunk.getProcessorsList()) {
                processors.add(processor.getCpu());
            }
            noteMissing();
            nextEvent = place.firstEvent();
            nextStep = place.firstStep();
        } catch (CorruptChunkException e) {
            damage.accept(new Trace.Damage(place.offset(), e.getMessage()));
        }
    }

    /** The chunk at a place, if it is the one that is expected there. */
    static Chunk read(FrameFile file, ChunkPlace place) throws IOException, CorruptChunkException {
        Chunk chunk;
        try {
            chunk = Chunk.parseFrom(file.read(place.offset()).message(Frame.Kind.CHUNK));
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptChunkException("the chunk is no message: " + e.getMessage());
        }
        if (chunk.getFirstEvent() != place.firstEvent() || chunk.getFirstStep() != place.firstStep()) {
            throw new CorruptChunkException(
                    "the chunk begins with event " + chunk.getFirstEvent() + ", expected " + place.firstEvent());
        }
        if (chunk.getEvents() < 1 || chunk.getEvents() > TraceWriter.Options.MAX_CHUNK_EVENTS) {
            throw new CorruptChunkException("the chunk has " + Integer.toUnsignedString(chunk.getEvents())
                    + " events, expected 1 to " + TraceWriter.Options.MAX_CHUNK_EVENTS);
        }
        return chunk;
    }

    private void noteMissing() {
        long missing = place.firstEvent() - nextEvent;
        if (missing != 0) {
            processors.forEach(cpu -> gaps.add(
                    new Event.Gap(cpu, missing + " events before byte " + place.offset() + " cannot be read")));
        }
    }

    @Override
    public void close() {
        decoder = null;
        peeked = null;
        gaps.clear();
        nextChunk = chunks.size();
    }
}
