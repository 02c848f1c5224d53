package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A program that records until something stops it: {@code FILE SEED}. After each flush it says how many events were flushed; of
 * a failure it says at which call it was and what the message is, and ends with {@link #FAILED}. It ends, too, when nobody
 * listens any more.
 */
final class RecordingProcess {
    static final int FAILED = 3;
    /** How full the states of {@link #events} are. */
    private static final int FULLNESS = 12;

    private static final int MOST_BETWEEN_FLUSHES = 1500;

    private RecordingProcess() {}

    /** What the program records. */
    static Supplier<Event> events(long seed) {
        return RandomEvents.endless(seed, FULLNESS);
    }

    /** The command that starts it. */
    static List<String> command(Path file, long seed) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProcess.class.getName(),
                file.toString(),
                Long.toString(seed));
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String[] call = {"create"};
        try {
            record(Path.of(args[0]), Long.parseLong(args[1]), call, out);
        } catch (IOException e) {
            out.println(call[0] + ": " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void record(Path file, long seed, String[] call, PrintStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(~seed);
        TraceWriter.Options options = TraceWriter.Options.standard().withChunks(1 + random.nextInt(2000));
        Supplier<Event> events = events(seed);
        TraceWriter writer = TraceWriter.create(file, TraceHeader.of("test"), options);
        while (!out.checkError()) {
            call[0] = "accept";
            for (int i = random.nextInt(MOST_BETWEEN_FLUSHES); i >= 0; i--) {
                writer.accept(events.get());
            }
            call[0] = "flush";
            writer.flush();
            out.println(writer.events());
        }
        writer.close();
    }
}
