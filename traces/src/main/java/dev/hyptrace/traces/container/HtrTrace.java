package dev.hyptrace.traces.container;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Header;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A {@code .htr} file that is read.
 *
 * <p>A file that was cut or damaged opens as long as its header is whole. Every complete chunk that is not damaged is read,
 * and each chunk has a checksum, so that what is read is what was written. {@link #damage} grows while a file is read: it is
 * complete once all events were read. Any number of readers can be used at the same time, each by one thread.
 */
public final class HtrTrace implements Trace {
    private final String name;
    private final FrameFile file;
    private final TraceHeader header;
    private final Names names;
    private final ChunkDirectory directory;
    private final Set<Damage> damage =
            new ConcurrentSkipListSet<>(Comparator.comparingLong(Damage::offset).thenComparing(Damage::what));

    private HtrTrace(String name, FrameFile file) throws IOException, CorruptChunkException {
        this.name = name;
        this.file = file;
        FrameFile.Body body = file.read(0);
        Header message;
        try {
            message = Header.parseFrom(body.message(Frame.Kind.HEADER));
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptChunkException("the header is no message: " + e.getMessage());
        }
        this.header = HeaderCoder.decode(message);
        this.names = Names.of(message.getNames());
        this.directory = ChunkFinder.find(file, body.end(0), this::add);
    }

    /**
     * Opens the file.
     *
     * @throws TraceFormatException when it is no {@code .htr} file or its header is damaged
     */
    public static HtrTrace open(Path path) throws IOException {
        FrameFile file = FrameFile.open(path);
        try {
            return new HtrTrace(path.toString(), file);
        } catch (CorruptChunkException e) {
            file.close();
            throw new TraceFormatException(path.toString(), "byte 0", e.getMessage());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The bytes that every {@code .htr} file begins with. */
    public static byte[] magic() {
        return Frame.marker();
    }

    private void add(Damage found) {
        damage.add(found);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public List<Damage> damage() {
        return List.copyOf(damage);
    }

    /** In how many chunks the events are that can be found. */
    public int chunks() {
        return directory.chunks().size();
    }

    /** How many events were written to the file, as far as its chunks can be found. */
    public long eventCount() {
        return directory.events();
    }

    /** Where the frame of a chunk begins in the file. */
    long chunkOffset(int chunk) {
        return directory.chunks().get(chunk).offset();
    }

    /** The size of the file in bytes. */
    public long bytes() {
        return file.size();
    }

    @Override
    public EventReader events() {
        return new ReadAhead(reader(0));
    }

    /**
     * What answers questions about single steps.
     *
     * @param use what instructions do; without it who writes a register is found by its value only, and who reads it is not
     */
    public TraceLookup lookup(InstructionUse use) {
        return new HtrLookup(new ChunkCache(name, file, names, directory), use);
    }

    /**
     * A reader that stands before the first event of a chunk, from 0 to {@link #chunks} - 1. Chunks are independent of each
     * other: several can be read at the same time.
     */
    public EventReader eventsFromChunk(int chunk) {
        return reader(chunk);
    }

    /** A reader that stands before the step with this number, from 0, or before the first one after it that can be read. */
    public EventReader eventsFromStep(long step) throws IOException {
        HtrReader reader = reader(directory.withStep(step));
        reader.skipToStep(step);
        return reader;
    }

    private HtrReader reader(int chunk) {
        return new HtrReader(file, names, directory.chunks(), chunk, this::add);
    }

    /**
     * The hypercall with this number, from 1, read from the chunks it lies in.
     *
     * @return empty when the file has fewer, or when it begins in a part that cannot be read
     */
    public Optional<Hypercall> hypercall(int number) throws IOException {
        OptionalLong first = firstEventOf(number);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        try (HtrReader reader = reader(directory.withEvent(first.getAsLong()))) {
            reader.skipToEvent(first.getAsLong());
            if (reader.nextEvent() != first.getAsLong()) {
                return Optional.empty();
            }
            long stepsBefore = reader.nextStep();
            return FirstHypercall.read(reader).map(call -> renumber(call, number, stepsBefore));
        }
    }

    private OptionalLong firstEventOf(int number) throws IOException {
        int place = directory.withHypercall(number);
        if (number < 1 || place < 0) {
            return OptionalLong.empty();
        }
        ChunkPlace chunkPlace = directory.chunks().get(place);
        try {
            Chunk chunk = HtrReader.read(file, chunkPlace);
            int index = number - 1 - chunkPlace.firstHypercall();
            return index < chunk.getHypercallDistanceCount()
                    ? OptionalLong.of(chunk.getFirstEvent() + chunk.getEvents() - chunk.getHypercallDistance(index))
                    : OptionalLong.empty();
        } catch (CorruptChunkException e) {
            add(new Damage(chunkPlace.offset(), e.getMessage()));
            return OptionalLong.empty();
        }
    }

    private static Hypercall renumber(Hypercall call, int number, long stepsBefore) {
        return new Hypercall(
                number,
                call.cpu(),
                call.site(),
                call.immediate(),
                call.call(),
                call.vector(),
                call.after(),
                call.outcome(),
                call.payload(),
                call.departure(),
                shift(call.callStep(), stepsBefore),
                shift(call.lastStep(), stepsBefore));
    }

    private static OptionalLong shift(OptionalLong step, long by) {
        return step.isPresent() ? OptionalLong.of(step.getAsLong() + by) : step;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
