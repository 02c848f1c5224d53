package dev.hyptrace.traces.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.TraceLookup.Found;
import dev.hyptrace.traces.TraceLookup.Moment;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Questions about steps of random recordings, each answered a second time by reading all of the recording. */
class HtrLookupTest {
    private static final int QUESTIONS = 100;

    @TempDir
    Path folder;

    @Test
    void lookup_randomRecordings_answersWhatReadingAllOfThemDoes() throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            List<Event> events = RandomEvents.of(seed, 1500, 5 + 20 * seed);
            for (int chunk : new int[] {1, 7, 100, 5000}) {
                check(events, chunk, new SplittableRandom(31L * seed + chunk), true);
            }
        }
    }

    @Test
    void lookup_fileThatWasNotClosed_answersTheSame() throws IOException {
        check(RandomEvents.of(77, 1500), 50, new SplittableRandom(5), false);
    }

    private void check(List<Event> events, int chunk, SplittableRandom random, boolean closed) throws IOException {
        Path file = folder.resolve("lookup.htr");
        TraceWriter.Options options =
                TraceWriter.Options.standard().overwriting().withChunks(chunk).withUse(BitsUse.BITS);
        HtrFiles.write(file, events, options);
        if (!closed) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - Frame.TRAILER_SIZE));
        }
        LookupByReading expected = new LookupByReading(events, BitsUse.BITS);
        try (HtrTrace trace = HtrTrace.open(file)) {
            TraceLookup lookup = trace.lookup(BitsUse.BITS);
            assertEquals(expected.steps(), lookup.steps());
            assertTrue(lookup.hasAccesses());
            for (int i = 0; i < QUESTIONS; i++) {
                ask(lookup, expected, random, "question " + i + ", chunks of " + chunk);
            }
            assertEquals(Optional.empty(), lookup.at(lookup.steps()));
            assertEquals(Optional.empty(), lookup.at(-1));
        }
    }

    private static void ask(TraceLookup lookup, LookupByReading expected, SplittableRandom random, String question)
            throws IOException {
        long step = random.nextInt((int) expected.steps());
        Register register = Register.all()
                .get(random.nextInt(random.nextBoolean() ? 16 : Register.all().size()));
        int address = expected.someAddress(random);
        Moment moment = lookup.at(step).orElseThrow();
        assertSame(expected.at(step).orElseThrow(), moment, question);
        assertFound(expected.previousWriter(step, register), lookup.previousWriter(step, register), question);
        assertFound(expected.nextReader(step, register), lookup.nextReader(step, register), question);
        assertFound(expected.previousWriter(step, address), lookup.previousWriter(step, address), question);
        assertFound(expected.nextReader(step, address), lookup.nextReader(step, address), question);
    }

    private static void assertFound(Optional<Found> expected, Optional<Found> actual, String question) {
        Function<Found, String> text = found -> found.relation() + " at event " + found.event();
        assertEquals(expected.map(text), actual.map(text), question);
        assertEquals(expected, actual, question);
    }

    /** Moments hold hundreds of registers: only those that differ are worth showing. */
    private static void assertSame(Moment expected, Moment actual, String question) {
        Map<Register, Object> differences = new TreeMap<>();
        Set<Register> all = new HashSet<>(expected.registers().keySet());
        all.addAll(actual.registers().keySet());
        for (Register register : all) {
            if (!Objects.equals(
                    expected.registers().get(register), actual.registers().get(register))) {
                differences.put(
                        register,
                        expected.registers().get(register) + " / "
                                + actual.registers().get(register));
            }
        }
        assertEquals(Map.of(), differences, question);
        assertEquals(expected.step(), actual.step(), question);
        assertEquals(expected, actual, question);
    }

    @Test
    void previousWriter_valueThatStaysTheSame_isTheInstructionAllTheSame() throws IOException {
        Path file = folder.resolve("same.htr");
        HtrFiles.write(
                file, moves(300), TraceWriter.Options.standard().withChunks(10).withUse(BitsUse.BITS));
        try (HtrTrace trace = HtrTrace.open(file)) {
            Found writer =
                    trace.lookup(BitsUse.BITS).previousWriter(299, Register.R1).orElseThrow();
            assertEquals(200, writer.step());
            assertEquals(TraceLookup.Relation.WRITES, writer.relation());
            assertEquals(
                    100,
                    trace.lookup(InstructionUse.UNKNOWN)
                            .previousWriter(299, Register.R1)
                            .orElseThrow()
                            .step());
        }
    }

    /** R1 becomes 5 by the step 100; the step 200 writes 5 again. */
    private static List<Event> moves(int steps) {
        return IntStream.range(0, steps)
                .mapToObj(i -> (Event) new Event.Step(
                        0,
                        0x8000 + 4 * i,
                        Instruction.a32(i % 100 == 0 && i > 0 ? 0x2402 : 0),
                        State.builder()
                                .known(Register.R1, i > 100 ? 5 : 4)
                                .known(Register.CPSR, Mode.SVC.encoding())
                                .build()))
                .toList();
    }

    @Test
    void lookup_damagedChunkInBetween_isNamedAndNotPassedOver() throws IOException {
        Path file = folder.resolve("damaged.htr");
        HtrFiles.write(
                file, moves(300), TraceWriter.Options.standard().withChunks(10).withUse(BitsUse.BITS));
        long offset;
        try (HtrTrace trace = HtrTrace.open(file)) {
            offset = trace.chunkOffset(15);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset + Frame.HEAD_SIZE + 3] ^= 1;
        try (HtrTrace trace = HtrTrace.open(Files.write(file, bytes))) {
            TraceLookup lookup = trace.lookup(BitsUse.BITS);
            assertNamesPlace(file, () -> lookup.at(155));
            assertEquals(
                    Optional.empty(), lookup.previousWriter(299, 0x4000_0000), "by the index nothing is stored there");
        }
        bytes = java.util.Arrays.copyOf(bytes, bytes.length - Frame.TRAILER_SIZE);
        try (HtrTrace trace = HtrTrace.open(Files.write(file, bytes))) {
            TraceLookup lookup = trace.lookup(BitsUse.BITS);
            assertNamesPlace(file, () -> lookup.at(155));
            assertNamesPlace(file, () -> lookup.previousWriter(299, 0x4000_0000));
            assertEquals(
                    200, lookup.previousWriter(299, Register.R1).orElseThrow().step());
            assertEquals(299, lookup.at(299).orElseThrow().event());
        }
    }

    private static void assertNamesPlace(Path file, Executable executable) {
        String message = assertThrows(TraceFormatException.class, executable).getMessage();
        assertTrue(message.startsWith(file + ": byte "), message);
    }
}
