package dev.hyptrace.traces.container;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Kills a recording process again and again, each time at a random moment, and holds what is left in the file against what the
 * process had said it flushed and against what it recorded. {@code KillCheck [COUNT [SEED]]} prints the counts.
 */
final class KillCheck {
    /** A kill comes at most so long after the first flush, or after the start of the process. */
    private static final int MOST_MICROSECONDS = 300_000;

    private final Path file;
    private final SplittableRandom random;

    private int kills;
    private int beforeFlush;
    private int cutInFrame;
    private long flushed;
    private long read;

    private KillCheck(Path folder, long seed) {
        this.file = folder.resolve("killed.htr");
        this.random = new SplittableRandom(seed);
    }

    /**
     * What was counted, of kills after which nothing flushed was missing and nothing read was wrong: else there would have been
     * an {@link AssertionError}.
     *
     * @param kills how many processes were killed
     * @param beforeFlush how many of them before they had said that anything was flushed
     * @param cutInFrame how many left a part of a frame at the end of the file
     * @param flushed how many events they had said were flushed
     * @param read how many events were read
     */
    record Counts(int kills, int beforeFlush, int cutInFrame, long flushed, long read) {}

    static Counts run(Path folder, int count, long seed) throws IOException, InterruptedException {
        KillCheck check = new KillCheck(folder, seed);
        for (int i = 0; i < count; i++) {
            check.kill(seed * 100_000 + i, i % 10 == 9);
        }
        return new Counts(check.kills, check.beforeFlush, check.cutInFrame, check.flushed, check.read);
    }

    /** @param early whether the moment counts from the start of the process and not from its first flush */
    private void kill(long seed, boolean early) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        Process process = new ProcessBuilder(RecordingProcess.command(file, seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long said;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String first = early ? null : out.readLine();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(early ? 3 * MOST_MICROSECONDS : MOST_MICROSECONDS));
            process.toHandle().destroyForcibly(); // That of Process itself would close the stream, too.
            said = lastOf(out, first);
        } finally {
            process.destroyForcibly();
        }
        int status = process.waitFor();
        verify(status == 128 + 9, seed, "the process ended with " + status + " before it was killed");
        kills++;
        flushed += said;
        check(seed, said);
    }

    /** The number in the last line; a line that was cut by the kill is shorter than the one before and says less. */
    private static long lastOf(BufferedReader out, String first) throws IOException {
        long last = first == null ? 0 : Long.parseLong(first);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            last = line.isEmpty() ? last : Math.max(last, Long.parseLong(line));
        }
        return last;
    }

    private void check(long seed, long said) throws IOException {
        beforeFlush += said == 0 ? 1 : 0;
        if (said == 0 && !Files.exists(file)) {
            return;
        }
        try (HtrTrace trace = HtrTrace.open(file)) {
            long events = compare(trace, seed);
            verify(events >= said, seed, said + " events were flushed, " + events + " were read");
            verify(!trace.damage().isEmpty(), seed, "a file that was not closed has no damage");
            cutInFrame += trace.damage().size() > 1 ? 1 : 0;
            read += events;
        } catch (TraceFormatException e) {
            verify(said == 0, seed, e.getMessage());
        }
    }

    private static long compare(HtrTrace trace, long seed) throws IOException {
        Supplier<Event> truth = RecordingProcess.events(seed);
        long number = 0;
        try (EventReader reader = trace.events()) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                verify(event.equals(truth.get()), seed, "event " + number + " is " + event);
                number++;
            }
        }
        return number;
    }

    private static void verify(boolean isSo, long seed, String otherwise) {
        if (!isSo) {
            throw new AssertionError("seed " + seed + ": " + otherwise);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> given = List.of(args);
        int count = given.isEmpty() ? 300 : Integer.parseInt(given.get(0));
        long seed = given.size() < 2 ? 1 : Long.parseLong(given.get(1));
        Path folder = Files.createTempDirectory("kill-check");
        try {
            System.out.println("seed " + seed + ": " + run(folder, count, seed));
        } finally {
            Files.deleteIfExists(folder.resolve("killed.htr"));
            Files.deleteIfExists(folder);
        }
    }
}
