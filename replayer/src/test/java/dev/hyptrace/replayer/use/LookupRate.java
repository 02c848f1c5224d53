package dev.hyptrace.replayer.use;

import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures how long questions about single steps of a long recording take: at random steps all over the file, where chunks
 * must be decoded first ("cold"), and at steps of a part that has been looked into before ("warm"). Not a test: run it with
 * the test class path, the recording as argument, and {@code -Xmx512m}.
 */
final class LookupRate {
    private static final int COLD = 200;
    private static final int WARM = 20_000;
    /** What is warm: this many steps around a place. */
    private static final long NEAR = 200_000;

    private LookupRate() {}

    /** Something that is asked at a step. */
    private interface Question {
        Object ask(TraceLookup lookup, long step) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        HtrTrace.open(file).close(); // Classes are loaded.
        long begin = System.nanoTime();
        try (HtrTrace trace = HtrTrace.open(file)) {
            TraceLookup lookup = trace.lookup(new KnownUse());
            System.out.printf(
                    Locale.ROOT,
                    "%,d steps in %d chunks, %.2f bytes each, opened in %.1f ms, heap of %d MiB%n",
                    lookup.steps(),
                    trace.chunks(),
                    (double) Files.size(file) / lookup.steps(),
                    (System.nanoTime() - begin) / 1e6,
                    Runtime.getRuntime().maxMemory() >> 20);
            List<Register> registers =
                    List.of(Register.R0, Register.R4, Register.SP_SVC, Register.SP_HYP, Register.CPSR);
            measure("state at a step", lookup, TraceLookup::at);
            for (Register register : registers) {
                measure("writer of " + register, lookup, (asked, step) -> asked.previousWriter(step, register));
            }
            measure("reader of R0", lookup, (asked, step) -> asked.nextReader(step, Register.R0));
            measure("writer of a word", lookup, (asked, step) -> asked.previousWriter(step, 0x4008_0000));
        }
    }

    private static void measure(String name, TraceLookup lookup, Question question) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        long[] cold = new long[COLD];
        for (int i = 0; i < COLD; i++) {
            cold[i] = time(lookup, random.nextLong(lookup.steps()), question);
        }
        long from = random.nextLong(Math.max(1, lookup.steps() - NEAR));
        long near = Math.min(NEAR, lookup.steps());
        long[] warm = new long[WARM];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < WARM; i++) {
                warm[i] = time(lookup, from + random.nextLong(near), question);
            }
        }
        System.out.printf(Locale.ROOT, "%-20s cold %s, warm %s%n", name, text(cold), text(warm));
    }

    private static long time(TraceLookup lookup, long step, Question question) throws IOException {
        long begin = System.nanoTime();
        if (question.ask(lookup, step) == null) {
            throw new AssertionError("no answer");
        }
        return System.nanoTime() - begin;
    }

    private static String text(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "median %,.1f us, 99 %% %,.1f us",
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3);
    }
}
