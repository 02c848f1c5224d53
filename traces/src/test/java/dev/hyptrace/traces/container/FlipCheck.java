package dev.hyptrace.traces.container;

import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Flips random bits of small files and looks for an event or an answer of a lookup that is wrong, for damage that is not told,
 * and for an exception that should not be. {@code FlipCheck [COUNT [SEED]]} prints the counts; give it little memory.
 */
final class FlipCheck {
    private static final int EVENTS = 300;
    private static final int CHUNK = 30;
    private static final int QUESTIONS = 4;
    /** A flip that takes longer is told; files are read in milliseconds. */
    private static final long MOST_NANOSECONDS = 20_000_000_000L;

    private final Path file;
    private final SplittableRandom random;
    private final List<Event> events;
    private final TruthOrRefusal truth;
    private final byte[] whole;
    private final List<Integer> frames = new ArrayList<>();
    /** Of each kind of frame, in the order of {@link Frame.Kind}, how many flips hit one. */
    private final int[] hits = new int[Frame.Kind.values().length];

    private int refused;
    private long lost;
    private int damages;
    private long slowest;

    /**
     * What was counted, of flips after which nothing was wrong: else there would have been an {@link AssertionError}.
     *
     * @param flips how many bits were flipped, each in a file that was whole or had lost its index
     * @param header how many of them hit the header; in as many cases the file was refused
     * @param chunk how many hit a chunk
     * @param index how many hit the index
     * @param trailer how many hit the trailer
     * @param eventsLost how many events were not read, of all files that were not refused
     * @param damages how many damages were named
     * @param answers how many answers of lookups were right
     * @param refusals how many questions were not answered because of the damage
     * @param slowestMilliseconds how long the slowest file took
     */
    record Counts(
            int flips,
            int header,
            int chunk,
            int index,
            int trailer,
            long eventsLost,
            int damages,
            int answers,
            int refusals,
            long slowestMilliseconds) {}

    private FlipCheck(Path folder, long seed) throws IOException {
        random = new SplittableRandom(seed);
        events = RandomEvents.of(seed, EVENTS, 12);
        truth = new TruthOrRefusal(events, BitsUse.BITS);
        TraceWriter.Options options =
                TraceWriter.Options.standard().withChunks(CHUNK).withUse(BitsUse.BITS);
        file = HtrFiles.write(folder.resolve("flipped.htr"), events, options);
        whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            if (Frame.isMarker(whole, i)) {
                frames.add(i);
            }
        }
    }

    static Counts run(Path folder, int count, long seed) throws IOException {
        FlipCheck check = new FlipCheck(folder, seed);
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            check.flip("seed " + seed + ", flip " + i);
            check.slowest = Math.max(check.slowest, System.nanoTime() - start);
        }
        verify(check.slowest < MOST_NANOSECONDS, "a file took " + check.slowest + " ns");
        verify(check.refused == check.hits[0], check.refused + " files were refused");
        return new Counts(
                count,
                check.hits[0],
                check.hits[1],
                check.hits[2],
                check.hits[3],
                check.lost,
                check.damages,
                check.truth.answers(),
                check.truth.refusals(),
                check.slowest / 1_000_000);
    }

    /** One file in four has lost its trailer, so that its chunks must be found without the index. */
    private void flip(String what) throws IOException {
        boolean isCut = random.nextInt(4) == 0;
        byte[] flipped = isCut ? Arrays.copyOf(whole, whole.length - Frame.TRAILER_SIZE) : whole.clone();
        int place = somePlace(flipped.length);
        flipped[place] ^= (byte) (1 << random.nextInt(8));
        int frame = frameAt(place);
        hits[kindOf(frame).ordinal()]++;
        Files.write(file, flipped);
        try (HtrTrace trace = HtrTrace.open(file)) {
            verify(frame > 0, what + ": a damaged header was read");
            List<Event> read = HtrFiles.read(trace);
            int here = HtrFiles.countRead(events, read, what);
            verify(events.size() - here <= CHUNK, what + ": " + here + " events were read");
            lost += events.size() - here;
            checkDamage(trace, frame, isCut, what);
            askLookup(trace, what);
        } catch (TraceFormatException e) {
            verify(frame == 0 && e.getMessage().startsWith(file + ": byte 0: "), what + ": " + e.getMessage());
            refused++;
        }
    }

    /** Anywhere in the file, or anywhere in a frame that may be a short one. */
    private int somePlace(int length) {
        if (random.nextBoolean()) {
            return random.nextInt(length);
        }
        int frame = random.nextInt(frames.get(frames.size() - 1) < length ? frames.size() : frames.size() - 1);
        int end = frame + 1 < frames.size() ? frames.get(frame + 1) : length;
        return frames.get(frame) + random.nextInt(end - frames.get(frame));
    }

    private int frameAt(int position) {
        int place = 0;
        while (place + 1 < frames.size() && frames.get(place + 1) <= position) {
            place++;
        }
        return place;
    }

    private Frame.Kind kindOf(int frame) {
        int fromEnd = frames.size() - 1 - frame;
        return frame == 0
                ? Frame.Kind.HEADER
                : fromEnd == 0 ? Frame.Kind.TRAILER : fromEnd == 1 ? Frame.Kind.INDEX : Frame.Kind.CHUNK;
    }

    /** A damaged chunk is named by where it begins; that there is no sound index by the end of the file. */
    private void checkDamage(HtrTrace trace, int frame, boolean isCut, String what) throws IOException {
        List<Trace.Damage> named = trace.damage();
        damages += named.size();
        boolean isChunk = kindOf(frame) == Frame.Kind.CHUNK;
        long place = isChunk ? frames.get(frame) : Files.size(file);
        verify(named.stream().anyMatch(damage -> damage.offset() == place), what + ": damage is " + named);
        verify(named.size() <= 3 && (isCut || !isChunk || named.size() == 1), what + ": damage is " + named);
    }

    private void askLookup(HtrTrace trace, String what) throws IOException {
        TraceLookup lookup = trace.lookup(BitsUse.BITS);
        for (int i = 0; i < QUESTIONS; i++) {
            long step = random.nextInt((int) truth.steps());
            Register register = Register.all()
                    .get(random.nextInt(
                            random.nextBoolean() ? 16 : Register.all().size()));
            truth.askAll(lookup, step, register, truth.someAddress(random), what);
        }
    }

    private static void verify(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new AssertionError(otherwise);
        }
    }

    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        int count = given.isEmpty() ? 10_000 : Integer.parseInt(given.get(0));
        long seed = given.size() < 2 ? 1 : Long.parseLong(given.get(1));
        Path folder = Files.createTempDirectory("flip-check");
        try {
            System.out.println("seed " + seed + ": " + run(folder, count, seed));
        } finally {
            Files.deleteIfExists(folder.resolve("flipped.htr"));
            Files.deleteIfExists(folder);
        }
    }
}
