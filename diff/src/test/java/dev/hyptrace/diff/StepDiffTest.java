package dev.hyptrace.diff;

import static dev.hyptrace.diff.Calls.flip;
import static dev.hyptrace.diff.Calls.forget;
import static dev.hyptrace.diff.Calls.set;
import static dev.hyptrace.diff.Diffs.findings;
import static dev.hyptrace.diff.Diffs.followers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.HypercallRow;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Status;
import dev.hyptrace.replayer.ReplayedEvent.Cause;
import dev.hyptrace.replayer.ReplayedEvent.Kind;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepDiffTest {
    private static final Cause DEVIATION = new Cause(Kind.SOURCE_DEVIATION, "QEMU clears IL in HSR.");

    private static DiffResult diff(Replay replay) {
        try {
            return StepDiff.compare("recording", replay.events(), DiffOptions.standard());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void replay_thatAgrees_isTheSameWithEveryPointCompared() {
        DiffResult result = diff(Replay.agreeing());
        assertEquals(Status.SAME, result.status());
        assertEquals(List.of(), result.findings().list());
        assertEquals(8, result.steps().orElseThrow());
        assertEquals("emulator", result.right());
        // R0, R5, SP_svc, PC and eleven fields of CPSR.
        assertEquals(15, result.fields().at(Point.CALL).compared());
        assertEquals(2 * 15, result.fields().at(Point.RETURN).compared());
        // And HSR's three fields, ELR_hyp, eleven of SPSR_hyp, at the entry and again at the step.
        assertEquals(2 * (15 + 15), result.fields().at(Point.VECTOR).compared());
        // Nothing predicts the first step.
        assertEquals(15, result.fields().at(Point.STEP).unknown());
    }

    @Test
    void hypercall_standsInTheTableOnBothSides() {
        DiffResult result = diff(Replay.agreeing());
        assertEquals(1, result.hypercalls().left());
        assertEquals(1, result.hypercalls().right());
        assertEquals(1, result.hypercalls().aligned());
        HypercallRow row = result.hypercalls().rows().get(0);
        assertEquals(0x40010804, row.left().orElseThrow().site().orElseThrow());
        assertEquals(Outcome.RETURNED, row.left().orElseThrow().outcome());
        assertEquals(row.left(), row.right());
        assertEquals(0, row.divergences());
    }

    @ParameterizedTest
    @CsvSource({
        "1, R0,   0x1,  hypercall 1 call register R0 0x00000002 0x00000003",
        "1, CPSR, 0x80, hypercall 1 call mode CPSR.I 0x00000001 0x00000000",
        "2, HSR,  0x1,  hypercall 1 vector register HSR.ISS 0x00000000 0x00000001",
        "2, PC,   0x20, hypercall 1 vector vector PC 0x40010254 0x40010274",
        "3, R5,   0x10, hypercall 1 vector register R5 0x00000000 0x00000010",
        "4, R0,   0x8,  step 3 register R0 0x00000000 0x00000008",
        "5, CPSR, 0x9,  hypercall 1 return mode CPSR.M 0x00000013 0x0000001a",
        "6, R0,   0x4,  hypercall 1 return register R0 0x00000000 0x00000004",
        "7, R5,   0x4,  step 5 register R5 0x00000001 0x00000005",
    })
    void emulator_thatDiffersOnce_isFoundAtThatPoint(int event, String register, String bits, String expected) {
        DiffResult result = diff(Replay.agreeing()
                .predicting(event, flip(Register.named(register).orElseThrow(), Long.decode(bits))));
        assertEquals(List.of(expected), findings(result));
        assertEquals(Status.DIFFERENT, result.status());
    }

    @Test
    void divergence_namesTheInstructionThatWroteIt() {
        Divergence found = diff(Replay.agreeing().predicting(4, set(Register.R0, 8)))
                .findings()
                .list()
                .get(0);
        assertEquals(0x40010258, found.place().address().orElseThrow());
        assertEquals(1, found.place().leftHypercall().orElseThrow(), "after hypercall 1 began");
        assertEquals(2, found.verdict().explanation().writers().get(0).step());
        assertEquals(0x40010254, found.verdict().explanation().writers().get(0).address());
        assertEquals(
                2,
                found.verdict().explanation().lastEqual().orElseThrow().step().orElseThrow());
        assertEquals(
                "R0 is recorded as 0x00000000, and the emulator has 0x00000008 after the instruction at 0x40010254.",
                found.verdict().explanation().text());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6", "7"})
    void recording_thatIsOffAtOneEvent_isOneFinding(int event) {
        DiffResult result = diff(Replay.agreeing().offOnce(event, set(Register.R0, 0x77)));
        assertEquals(1, findings(result).size(), () -> findings(result).toString());
        assertTrue(
                findings(result).get(0).endsWith("0x00000077 0x0000000" + (event < 4 ? 2 : 0)),
                findings(result).get(0));
        assertEquals(1, followers(result).size());
        assertEquals(
                "the recording agrees again with an emulator that kept its own value",
                result.findings()
                        .list()
                        .get(1)
                        .verdict()
                        .follows()
                        .orElseThrow()
                        .because());
    }

    @Test
    void recordedMode_thatIsOffAtTheCall_isOneFindingWithEverythingFolded() {
        DiffResult result = diff(Replay.agreeing().offOnce(1, Calls.mode(Mode.IRQ)));
        assertEquals(List.of("hypercall 1 call mode CPSR.M 0x00000012 0x00000013"), findings(result));
    }

    @Test
    void sameInstruction_whereverItIsExecuted_isOneFinding() {
        DiffResult result =
                diff(Replay.agreeing().predicting(7, set(Register.R5, 0x100)).predicting(9, set(Register.R5, 0x200)));
        assertEquals(List.of("step 5 register R5 0x00000001 0x00000100"), findings(result));
        assertEquals(
                "the same instruction again",
                result.findings()
                        .list()
                        .get(1)
                        .verdict()
                        .follows()
                        .orElseThrow()
                        .because());
    }

    @Test
    void oneInstruction_withSeveralResults_isOneFinding() {
        DiffResult result = diff(Replay.agreeing()
                .predicting(7, set(Register.R5, 0x100))
                .predicting(7, flip(Register.CPSR, 0x40000000)));
        assertEquals(List.of("step 5 register R5 0x00000001 0x00000100"), findings(result));
        assertEquals(List.of("step 5 mode CPSR.NZCVQ 0x0000000c 0x00000004"), followers(result));
    }

    @Test
    void deviationOfTheSource_isExplainedAndNoFailure() {
        DiffResult result = diff(
                Replay.agreeing().predicting(2, flip(Register.HSR, 0x2000000)).knowing(2, DEVIATION));
        assertEquals(List.of("hypercall 1 vector register HSR.IL 0x00000001 0x00000000"), findings(result));
        Divergence found = result.findings().list().get(0);
        assertEquals(Severity.EXPLAINED, found.verdict().severity());
        assertEquals(
                CauseClass.SOURCE_DEVIATION,
                found.verdict().cause().orElseThrow().kind());
        assertEquals(Status.SAME, result.status());
        assertEquals(1, result.findings().explained());
    }

    @Test
    void unexplained_isNotHiddenBehindTheSameThingExplained() {
        DiffResult result = diff(Replay.agreeing()
                .predicting(7, set(Register.R5, 0x100))
                .knowing(7, DEVIATION)
                .predicting(9, set(Register.R5, 0x200)));
        assertEquals(2, findings(result).size());
        assertEquals(Status.DIFFERENT, result.status());
    }

    @ParameterizedTest
    @CsvSource({"UNPREDICTABLE", "IMPLEMENTATION_DEFINED", "NOT_MODELLED"})
    void otherCauses_areNamedAndStillDivergences(Kind kind) {
        DiffResult result =
                diff(Replay.agreeing().predicting(7, set(Register.R5, 5)).knowing(7, new Cause(kind, "It is so.")));
        assertEquals(Status.DIFFERENT, result.status());
        assertEquals(
                kind.name(),
                result.findings()
                        .list()
                        .get(0)
                        .verdict()
                        .cause()
                        .orElseThrow()
                        .kind()
                        .name());
    }

    @Test
    void registerThatCannotBePredicted_isUnknown() {
        DiffResult result = diff(Replay.agreeing().predicting(7, forget(Register.R5)));
        assertEquals(List.of(), result.findings().list());
        FieldCounts counts = result.fields().at(Point.STEP);
        assertEquals(15 + 1, counts.unknown());
    }

    @Test
    void nothingPredicted_isNoPass() throws IOException {
        ReplayedEvents events = Replay.agreeing().events();
        ReplayedEvents first = new ReplayedEvents() {
            private boolean read;

            @Override
            public dev.hyptrace.replayer.ReplayedEvent next() throws IOException {
                boolean end = read;
                read = true;
                return end ? null : events.next();
            }
        };
        DiffResult result = StepDiff.compare("recording", first, DiffOptions.standard());
        assertEquals(Status.NOTHING_COMPARED, result.status());
        assertEquals(1, result.steps().orElseThrow());
    }
}
