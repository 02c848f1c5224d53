package dev.hyptrace.diff;

import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.forget;
import static dev.hyptrace.diff.Diffs.diff;
import static dev.hyptrace.diff.Diffs.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Status;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of every comparison. */
final class LawTest {
    @Test
    void trace_comparedWithItself_hasNoDivergenceAndComparedFields() {
        DiffResult result = diff(Calls.g3(), Calls.g3());
        assertEquals(List.of(), result.findings().list());
        assertEquals(Status.SAME, result.status());
        assertEquals(5, result.hypercalls().aligned());
        // At each of the five calls: 13 core registers, SP, LR, PC, 11 fields of CPSR, HVBAR, VBAR, HCR, HSCTLR.
        long recorded = 13 + 3 + 11 + 4;
        assertEquals(new FieldCounts(5 * recorded, 0, 5, 0, 0), result.fields().at(Point.CALL), "MVBAR is unknown");
        // And at the vector HSR's three fields, ELR_hyp, 11 fields of SPSR_hyp.
        assertEquals(
                new FieldCounts(5 * (recorded + 3 + 1 + 11), 0, 5 + 10, 0, 0),
                result.fields().at(Point.VECTOR),
                "MVBAR, and in Hyp mode SP_hyp and LR_usr, are unknown");
    }

    @Test
    void sides_exchanged_exchangeReadingsAndNothingElse() {
        Random random = new Random(20260101);
        for (int i = 0; i < 50; i++) {
            List<Hypercall> right = mutated(random);
            assertEquals(
                    mirrored(diff(Calls.g3(), right)), plain(diff(right, Calls.g3())), "seed 20260101, round " + i);
        }
    }

    /** The reference with one bit of one register flipped at each of a few calls, so that the alignment is not in question. */
    private static List<Hypercall> mutated(Random random) {
        List<Hypercall> calls = Calls.g3();
        for (int i = 0; i < 3; i++) {
            Register register = Register.r(random.nextInt(13));
            long bit = 1L << random.nextInt(32);
            calls = Calls.with(calls, 1 + random.nextInt(5), atReturn(Calls.flip(register, bit)));
        }
        return calls;
    }

    private static List<String> mirrored(DiffResult result) {
        return result.findings().list().stream()
                .map(d -> line(d, d.right().toString(), d.left().toString()))
                .collect(Collectors.toList());
    }

    private static List<String> plain(DiffResult result) {
        return result.findings().list().stream()
                .map(d -> line(d, d.left().toString(), d.right().toString()))
                .collect(Collectors.toList());
    }

    private static String line(Divergence d, String left, String right) {
        return d.place().hypercall() + " " + d.place().point() + " " + d.field() + " " + left + " " + right + " "
                + d.isFinding();
    }

    @Test
    void missingAndExtra_areMirrored() {
        List<Hypercall> shorter = new ArrayList<>(Calls.g3());
        shorter.remove(1);
        shorter = Calls.renumbered(shorter);
        assertEquals(
                List.of("hypercall 2 call presence hypercall none 0x40010810"), findings(diff(shorter, Calls.g3())));
    }

    @Test
    void sameInput_twice_givesTheSameResult() {
        List<Hypercall> right = mutated(new Random(7));
        assertEquals(diff(Calls.g3(), right), diff(Calls.g3(), right));
    }

    @Test
    void registerNotRecordedOnOneSide_isUnknownAndNeverADivergence() {
        DiffResult result = diff(Calls.g3(), Calls.with(Calls.g3(), 2, atCall(forget(Register.R5))));
        assertEquals(List.of(), result.findings().list());
        assertEquals(5 + 1, result.fields().at(Point.CALL).unknown());
    }

    @Test
    void nothingRecordedOnBothSides_isNoPass() {
        Hypercall bare = Calls.g3().get(0);
        List<Hypercall> left = List.of(bare(bare, State.unknown()));
        DiffResult result = diff(left, left);
        assertEquals(Status.NOTHING_COMPARED, result.status());
        assertEquals(2, result.status().exitCode());
        assertEquals(0, result.fields().total().compared());
        assertTrue(result.fields().total().unknown() > 0);
    }

    private static Hypercall bare(Hypercall call, State state) {
        return new Hypercall(
                1,
                0,
                java.util.OptionalInt.empty(),
                java.util.OptionalInt.empty(),
                state,
                state,
                state,
                call.outcome(),
                call.payload(),
                call.departure(),
                call.callStep(),
                call.lastStep());
    }

    @Test
    void noHypercallOnEitherSide_isNoPass() {
        assertEquals(Status.NOTHING_COMPARED, diff(List.of(), List.of()).status());
    }

    @Test
    void allCallsMissingOnOneSide_isADifference() {
        DiffResult result = diff(Calls.g3(), List.of());
        assertEquals(Status.DIFFERENT, result.status());
        assertEquals(List.of("hypercall 1 call presence hypercall 0x40010808 none"), findings(result));
    }

    @Test
    void derivedValueThatDiffers_isAWarningAndNoFailure() {
        List<Hypercall> right = Calls.with(Calls.g3(), 2, atReturn(state -> state.toBuilder()
                .derived(Register.R7, 0x77, DerivationRule.IMPORTED)
                .build()));
        DiffResult result = diff(Calls.g3(), right);
        assertEquals(Status.SAME, result.status());
        assertEquals(1, result.findings().warnings());
        assertEquals(0, result.findings().divergences());
        assertEquals(1, result.fields().at(Point.RETURN).derived());
    }

    @Test
    void findingsBeyondTheBound_areCounted() {
        List<Hypercall> right = new ArrayList<>();
        for (Hypercall call : Calls.g3()) {
            right.add(atReturn(Calls.flip(Register.r(call.number() + 3), 1)).apply(call));
        }
        DiffResult result = diff(Calls.g3(), right, DiffOptions.standard().withMaxDivergences(2));
        assertEquals(2, findings(result).size());
        assertEquals(5, result.findings().divergences());
        assertEquals(3, result.findings().omitted());
    }
}
