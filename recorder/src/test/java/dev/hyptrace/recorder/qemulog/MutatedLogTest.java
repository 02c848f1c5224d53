package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded logs with bytes flipped, lines deleted, doubled and exchanged, and the end cut off: they are read in bounded time,
 * refused only as no log at all, and what is made of them keeps the model's promises. A failure names its seed.
 */
class MutatedLogTest {
    private static final List<String> LOGS = List.of(
            SampleLogs.BARE_METAL_7,
            SampleLogs.BARE_METAL_10,
            SampleLogs.BLOCKS_FPU,
            SampleLogs.BLOCKS_ICOUNT,
            SampleLogs.KVM_INT_ONLY);
    private static final int ROUNDS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mutatedLog_isReadWithoutHarm(long seed) throws IOException {
        for (String name : LOGS) {
            byte[] original = SampleLogs.text(name);
            for (int round = 0; round < ROUNDS; round++) {
                String what = name + " seed " + seed + " round " + round;
                Random random = new Random(seed * 1_000_003 + round);
                byte[] mutated = mutate(original, random);
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> check(what, mutated), what);
            }
        }
    }

    private static void check(String what, byte[] log) {
        LogText.Result read;
        try {
            read = LogText.read(what, log);
        } catch (TraceFormatException refused) {
            assertTrue(refused.getMessage().startsWith(what + ": line "), refused.getMessage());
            return;
        } catch (IOException | RuntimeException failed) {
            throw new AssertionError(what, failed);
        }
        ImportReport report = read.report();
        assertEquals(log.length, report.bytes(), what);
        assertEquals(read.steps().size(), report.count(Count.STEPS), what);
        assertEquals(read.entries().size(), report.count(Count.EXCEPTION_ENTRIES), what);
        assertEquals(read.returns().size(), report.count(Count.EXCEPTION_RETURNS), what);
        assertEquals(read.gaps().size(), report.count(Count.GAPS), what);
        for (Event.Step step : read.steps()) {
            step.before()
                    .bits(Register.PC)
                    .ifPresent(pc -> assertEquals(Integer.toUnsignedLong(step.address()), pc, what));
        }
        report.problems().forEach(problem -> assertTrue(problem.startsWith(what + ": line "), problem));
    }

    /** A few changes of random kinds at random places. */
    static byte[] mutate(byte[] original, Random random) throws IOException {
        byte[] log = original.clone();
        int changes = 1 + random.nextInt(20);
        for (int i = 0; i < changes && log.length > 0; i++) {
            log = switch (random.nextInt(6)) {
                case 0 -> flip(log, random);
                case 1 -> replace(log, random);
                case 2 -> editLines(log, random, false);
                case 3 -> editLines(log, random, true);
                case 4 -> splice(log, random);
                default -> random.nextInt(4) == 0 ? Arrays.copyOf(log, random.nextInt(log.length)) : flip(log, random);
            };
        }
        return log;
    }

    private static byte[] flip(byte[] log, Random random) {
        log[random.nextInt(log.length)] ^= (byte) (1 << random.nextInt(8));
        return log;
    }

    /** Another byte that logs like: a digit, a space, a line feed, a bracket, NUL. */
    private static byte[] replace(byte[] log, Random random) {
        byte[] likely = "0123456789abcdef =:/[]\n\r\0.xRTPSIE-".getBytes(StandardCharsets.US_ASCII);
        log[random.nextInt(log.length)] = likely[random.nextInt(likely.length)];
        return log;
    }

    /** Deletes, doubles or exchanges lines. */
    private static byte[] editLines(byte[] log, Random random, boolean several) {
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(log, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)));
        int count = several ? 1 + random.nextInt(10) : 1;
        for (int i = 0; i < count && lines.size() > 1; i++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                default -> lines.set(at, lines.set(random.nextInt(lines.size()), lines.get(at)));
            }
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Puts a piece of the log into another place of it. */
    private static byte[] splice(byte[] log, Random random) throws IOException {
        int from = random.nextInt(log.length);
        int length = random.nextInt(Math.min(500, log.length - from));
        int at = random.nextInt(log.length);
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(log, 0, at);
        spliced.write(log, from, length);
        spliced.write(log, at, log.length - at);
        return spliced.toByteArray();
    }
}
