package dev.hyptrace.traces.hostile;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hyptrace.traces.TraceFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Reads changed samples until one does harm: anything thrown but the parser's own refusal, or more than {@value #MOST_MILLISECONDS}
 * ms for one input. Inputs of which something new comes (another message, another kind of event) are changed further.
 *
 * <p>{@code -Dhyptrace.hostile.inputs=N} reads N inputs with each parser instead of the few of a usual build and prints how long it
 * took; {@code -Dhyptrace.hostile.seed=N} reads others; {@code -Dhyptrace.hostile.input=BASE64} reads the one that a failure names.
 */
public final class HostileInput {
    private static final Integer INPUTS = Integer.getInteger("hyptrace.hostile.inputs");
    private static final long SEED = Long.getLong("hyptrace.hostile.seed", 1);
    private static final String INPUT = System.getProperty("hyptrace.hostile.input");
    private static final int MOST_MILLISECONDS = 5000;
    private static final int MOST_KEPT = 4000;
    private static final int MOST_OUTCOMES = 200_000;
    /** As much of an outcome as tells it from others. */
    private static final int OUTCOME_LENGTH = 400;

    private final String parser;
    private final List<byte[]> samples;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Mutator mutator;
    private final List<byte[]> kept = new ArrayList<>();
    private final Set<Integer> outcomes = new HashSet<>();
    private Class<? extends Exception> refusal = TraceFormatException.class;
    private String refusalPrefix = "";
    private long slowest;

    /** A parser under test. */
    @FunctionalInterface
    public interface Reading {
        /** Reads an input and says in some words what came of it; numbers in them do not count. */
        String read(byte[] input) throws Exception;
    }

    private HostileInput(String parser, List<byte[]> samples, boolean text, String... likely) {
        this.parser = parser;
        this.samples = List.copyOf(samples);
        mutator = new Mutator(text, likely, random);
    }

    /**
     * Texts.
     *
     * @param parser what to call it
     * @param likely lines and words of the grammar
     */
    public static HostileInput text(String parser, List<byte[]> samples, String... likely) {
        return new HostileInput(parser, samples, true, likely);
    }

    /** What is no text. */
    public static HostileInput binary(String parser, List<byte[]> samples, String... likely) {
        return new HostileInput(parser, samples, false, likely);
    }

    /** How the parser refuses an input: with this exception, whose message begins so. */
    public HostileInput refusedWith(Class<? extends Exception> exception, String prefix) {
        refusal = exception;
        refusalPrefix = prefix;
        return this;
    }

    /**
     * Reads.
     *
     * @param usual how many inputs, in a usual build
     */
    public void read(int usual, Reading reading) {
        if (INPUT != null) {
            outcome(Base64.getDecoder().decode(INPUT), reading);
            return;
        }
        int count = INPUTS == null ? usual : INPUTS;
        long start = System.nanoTime();
        assertTimeoutPreemptively(Duration.ofSeconds(60 + count / 100), () -> {
            for (int i = 0; i < count; i++) {
                readOne(reading);
            }
        });
        if (INPUTS != null) {
            System.out.printf(
                    Locale.ROOT,
                    "hostile input: %s: %d inputs, seed %d, %.0f s, %d kinds of outcome, slowest %d ms%n",
                    parser,
                    count,
                    SEED,
                    (System.nanoTime() - start) / 1e9,
                    outcomes.size(),
                    slowest / 1_000_000);
        }
    }

    private void readOne(Reading reading) {
        byte[] input = mutator.mutated(some(), some());
        long start = System.nanoTime();
        int outcome = outcome(input, reading);
        long nanoseconds = System.nanoTime() - start;
        slowest = Math.max(slowest, nanoseconds);
        if (nanoseconds > MOST_MILLISECONDS * 1_000_000L) {
            throw harm(input, nanoseconds / 1_000_000 + " ms", null);
        }
        if (outcomes.size() < MOST_OUTCOMES && outcomes.add(outcome) && mutator.isShort(input, samples.get(0))) {
            keep(input);
        }
    }

    private byte[] some() {
        return kept.isEmpty() || random.nextInt(2) == 0
                ? mutator.window(samples.get(random.nextInt(samples.size())))
                : kept.get(random.nextInt(kept.size()));
    }

    private void keep(byte[] input) {
        if (kept.size() < MOST_KEPT) {
            kept.add(input);
        } else {
            kept.set(random.nextInt(MOST_KEPT), input);
        }
    }

    private int outcome(byte[] input, Reading reading) {
        try {
            return kind(reading.read(input));
        } catch (Throwable thrown) {
            String message = String.valueOf(thrown.getMessage());
            if (refusal == thrown.getClass() && message.startsWith(refusalPrefix)) {
                return kind(message);
            }
            throw harm(input, thrown.toString(), thrown);
        }
    }

    private AssertionError harm(byte[] input, String what, Throwable cause) {
        String text = Base64.getEncoder().encodeToString(input);
        return new AssertionError(parser + ": " + what + " -Dhyptrace.hostile.input=" + text, cause);
    }

    /** Of what it says, but for the numbers and what is quoted. */
    private static int kind(String outcome) {
        int hash = 0;
        boolean quoted = false;
        for (int i = 0; i < Math.min(outcome.length(), OUTCOME_LENGTH); i++) {
            char c = outcome.charAt(i);
            quoted ^= c == '\'' || c == '"';
            if (!quoted && c > '9') {
                hash = 31 * hash + c;
            }
        }
        return hash;
    }
}
