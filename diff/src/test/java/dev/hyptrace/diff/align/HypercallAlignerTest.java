package dev.hyptrace.diff.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HypercallAlignerTest {
    private static final int WINDOW = 64;

    /** A call whose r1 is the letter; the number comes from its place. */
    private static List<Hypercall> calls(String letters) {
        List<Hypercall> calls = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            calls.add(call(i + 1, letters.charAt(i)));
        }
        return calls;
    }

    /** Upper-case letters call one function from one place, lower-case ones another from another; the letter is in r1, r2. */
    private static Hypercall call(int number, int letter) {
        boolean upper = Character.isUpperCase(letter);
        Hypercall call = Calls.call(number, upper ? 0x1000 : 0x2000, upper ? 0 : 2, letter, Calls.STUB, 0, Calls.STUB);
        return Calls.atCall(state -> state.toBuilder()
                        .known(Register.R2, letter * 7)
                        .known(Register.R3, 0)
                        .build())
                .apply(call);
    }

    private static String align(List<Hypercall> left, List<Hypercall> right, int window) throws IOException {
        return align(left, right, window, AddressMaps.NONE);
    }

    private static String align(List<Hypercall> left, List<Hypercall> right, int window, AddressMaps maps)
            throws IOException {
        HypercallAligner aligner = new HypercallAligner(
                new Similarity(maps),
                HypercallSource.of(left.iterator()),
                HypercallSource.of(right.iterator()),
                window);
        StringBuilder text = new StringBuilder();
        for (Aligned aligned = aligner.next(); aligned != null; aligned = aligner.next()) {
            text.append(text.isEmpty() ? "" : " ").append(text(aligned));
        }
        return text.toString();
    }

    private static String text(Aligned aligned) {
        if (aligned instanceof Aligned.Pair pair) {
            return pair.left().number() + "=" + pair.right().number();
        }
        if (aligned instanceof Aligned.LeftOnly only) {
            return only.left().number() + "<"
                    + only.movedTo().map(call -> "" + call.number()).orElse("");
        }
        Aligned.RightOnly only = (Aligned.RightOnly) aligned;
        return only.movedFrom().map(call -> "" + call.number()).orElse("") + ">"
                + only.right().number();
    }

    @ParameterizedTest
    @CsvSource({
        // left, right, expected
        "ABCD, ABCD, 1=1 2=2 3=3 4=4",
        "ABCD, ABD,  1=1 2=2 3< 4=3",
        "ABD,  ABCD, 1=1 2=2 >3 3=4",
        "ABCD, BCD,  1< 2=1 3=2 4=3",
        "ABCD, ABC,  1=1 2=2 3=3 4<",
        "ABC,  '',   1< 2< 3<",
        "'',   ABC,  >1 >2 >3",
        // A call from the same place with other arguments is the same call.
        "ABCD, AXCD, 1=1 2=2 3=3 4=4",
        // A call of another function from another place is another call.
        "ABCD, AxCD, 1=1 2< >2 3=3 4=4",
        // Two calls in another order.
        "ABCD, ACBD, 1=1 2<3 3=2 2>3 4=4",
        "AbCD, ACbD, 1=1 2<3 3=2 2>3 4=4",
        // One call far ahead of where it was.
        "ABCDEFG, GABCDEF, 7>1 1=2 2=3 3=4 4=5 5=6 6=7 7<1",
        // Three calls reversed: the first and the last moved.
        "ABC, CBA, 1<3 3>1 2=2 3<1 1>3",
        // Of equal calls the last is the one too many.
        "AAAA, AAA, 1=1 2=2 3=3 4<",
        "ABAB, AB, 1=1 2=2 3< 4<",
    })
    void sequences_areAligned(String left, String right, String expected) throws IOException {
        assertEquals(expected, align(calls(left), calls(right), WINDOW));
    }

    @Test
    void sequences_atOtherAddresses_areAlignedByTheAddressMap() throws IOException {
        List<Hypercall> left = List.of(Calls.call(1, 0x80001000, 5, 0x80002000, 0x80000000, 0, 0x80000000));
        List<Hypercall> right = List.of(Calls.call(1, 0x40001000, 6, 0x40002000, 0x40000000, 0, 0x40000000));
        AddressMaps maps =
                new AddressMaps(List.of(new AddressMap(0x80000000, 0x40000000, 0x10000L)), List.of(), List.of());
        assertEquals("1=1", align(left, right, WINDOW, maps));
    }

    @Test
    void calls_ofWhichNothingIsKnown_areAlignedInOrder() throws IOException {
        List<Hypercall> bare = calls("AB").stream()
                .map(call -> new Hypercall(
                        call.number(),
                        0,
                        java.util.OptionalInt.empty(),
                        java.util.OptionalInt.empty(),
                        dev.hyptrace.traces.model.State.unknown(),
                        call.vector(),
                        call.after(),
                        call.outcome(),
                        call.payload(),
                        call.departure(),
                        call.callStep(),
                        call.lastStep()))
                .toList();
        assertEquals("1=1 2=2", align(bare, bare, WINDOW));
    }

    @Test
    void window_thatIsTooSmall_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> align(calls("A"), calls("A"), 3));
    }

    @Test
    void longSequences_withEditsFurtherApartThanTheWindow_areAlignedAsInOne() throws IOException {
        long seed = 42;
        Random random = new Random(seed);
        List<Hypercall> left = random(random, 2000);
        List<Hypercall> right = new ArrayList<>(left);
        right.remove(1900);
        right.add(1234, call(0, 'x'));
        right.remove(700);
        right.remove(100);
        right = Calls.renumbered(right);
        String aligned = align(left, right, 128);
        assertEquals(align(left, right, 1 << 14), aligned, "seed " + seed);
        assertEquals(3, aligned.chars().filter(c -> c == '<').count(), "seed " + seed);
        assertEquals(1, aligned.chars().filter(c -> c == '>').count(), "seed " + seed);
        assertTrue(aligned.contains(" 101< "), aligned);
    }

    @Test
    void longSequences_withAGapOfHundreds_areAlignedBehindIt() throws IOException {
        long seed = 43;
        List<Hypercall> left = random(new Random(seed), 5000);
        List<Hypercall> right = new ArrayList<>(left.subList(0, 1000));
        right.addAll(left.subList(1900, 5000));
        String aligned = align(left, Calls.renumbered(right), 1 << 13);
        assertEquals(900, aligned.chars().filter(c -> c == '<').count(), "seed " + seed);
        assertEquals(0, aligned.chars().filter(c -> c == '>').count(), "seed " + seed);
        assertTrue(aligned.endsWith("5000=4100"), "seed " + seed);
    }

    @Test
    void sequencesWithNothingInCommon_end() throws IOException {
        List<Hypercall> left = new ArrayList<>();
        List<Hypercall> right = new ArrayList<>();
        for (int i = 1; i <= 3000; i++) {
            left.add(call(i, 'A' + i % 20));
            right.add(call(i, 'a' + i % 20));
        }
        String aligned = align(left, right, 256);
        assertEquals(3000, aligned.chars().filter(c -> c == '<').count());
        assertEquals(3000, aligned.chars().filter(c -> c == '>').count());
    }

    private static List<Hypercall> random(Random random, int size) {
        List<Hypercall> calls = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            calls.add(call(i, 'A' + random.nextInt(20) + 256 * random.nextInt(40)));
        }
        return calls;
    }
}
