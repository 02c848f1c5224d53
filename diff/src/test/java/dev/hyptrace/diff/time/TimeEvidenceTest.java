package dev.hyptrace.diff.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.TraceDiff;
import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.align.HypercallAligner;
import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.diff.align.Similarity;
import dev.hyptrace.diff.compare.FieldTally;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.compare.StateComparer;
import dev.hyptrace.diff.compare.Treatments;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run with another clock explains, and what it must not. */
class TimeEvidenceTest {
    private final TimeEvidence evidence = new TimeEvidence();

    private static HypercallSource source(List<Hypercall> calls) {
        Iterator<Hypercall> each = calls.iterator();
        return () -> each.hasNext() ? each.next() : null;
    }

    /** The run itself is {@link Calls#g3}. */
    private void otherClock(List<Hypercall> calls) throws IOException {
        add(Calls.g3(), calls);
    }

    private void add(List<Hypercall> run, List<Hypercall> other) throws IOException {
        evidence.add(
                "twice as fast",
                new HypercallAligner(new Similarity(AddressMaps.NONE), source(run), source(other), 100),
                new PairComparer(new StateComparer(AddressMaps.NONE, Treatments.standard(), new FieldTally())));
    }

    private DiffResult against(List<Hypercall> recording) throws IOException {
        return TraceDiff.compare(
                "recording",
                source(recording),
                "run",
                source(Calls.g3()),
                DiffOptions.standard().withTimeEvidence(evidence));
    }

    private static List<Hypercall> calling(int number, Register register, long value) {
        return Calls.with(Calls.g3(), number, Calls.atCall(Calls.set(register, value)));
    }

    private static List<String> found(DiffResult result, Severity severity) {
        return result.findings().list().stream()
                .filter(Divergence::isFinding)
                .filter(divergence -> divergence.verdict().severity() == severity)
                .map(divergence -> divergence.place().hypercall().orElseThrow() + " "
                        + divergence.place().point().text() + " " + divergence.field())
                .toList();
    }

    @Test
    void valueThatAnotherClockChanges_isExplainedThere() throws IOException {
        otherClock(calling(2, Register.R5, 0x1000));
        DiffResult result = against(calling(2, Register.R5, 0x2000));
        assertEquals(List.of("2 call R5"), found(result, Severity.EXPLAINED));
        assertEquals(0, result.findings().divergences());
        assertEquals(
                CauseClass.TIME,
                result.findings().list().get(0).verdict().cause().orElseThrow().kind());
    }

    @Test
    void plantedDivergence_elsewhereIsNotHidden() throws IOException {
        otherClock(calling(2, Register.R5, 0x1000));
        assertEquals(List.of("3 call R5"), found(against(calling(3, Register.R5, 0x2000)), Severity.DIVERGENCE));
        assertEquals(List.of("2 call R6"), found(against(calling(2, Register.R6, 0x2000)), Severity.DIVERGENCE));
        List<Hypercall> atReturn = Calls.with(Calls.g3(), 2, Calls.atReturn(Calls.set(Register.R5, 0x2000)));
        assertEquals(List.of("2 return R5"), found(against(atReturn), Severity.DIVERGENCE));
    }

    /** The same wrong answer to the same function twice: only the first is explained. */
    @Test
    void plantedDivergence_doesNotFollowWhatIsExplained() throws IOException {
        List<Hypercall> wrong = Calls.with(Calls.g3(), 1, Calls.atReturn(Calls.set(Register.R7, 0x3000)));
        otherClock(wrong);
        List<Hypercall> twice = Calls.with(wrong, 5, Calls.atReturn(Calls.set(Register.R7, 0x3001)));
        DiffResult result = against(twice);
        assertEquals(List.of("1 return R7"), found(result, Severity.EXPLAINED));
        assertEquals(List.of("5 return R7"), found(result, Severity.DIVERGENCE));
    }

    @Test
    void whatACallerReliesOn_isExplainedOnlyByTheVeryValue() throws IOException {
        otherClock(Calls.with(Calls.g3(), 3, Calls.atReturn(Calls.set(Register.R0, 1))));
        List<Hypercall> same = Calls.with(Calls.g3(), 3, Calls.atReturn(Calls.set(Register.R0, 1)));
        assertEquals(List.of("3 return R0"), found(against(same), Severity.EXPLAINED));
        List<Hypercall> other = Calls.with(Calls.g3(), 3, Calls.atReturn(Calls.set(Register.R0, 2)));
        assertEquals(List.of("3 return R0"), found(against(other), Severity.DIVERGENCE));
    }

    @Test
    void vectorsThatDiffer_areNoMatterOfTimeWithoutTheVeryValue() throws IOException {
        otherClock(Calls.with(Calls.g3(), 4, Calls.atReturn(Calls.set(Register.HVBAR, 0x5000))));
        DiffResult result = against(Calls.with(Calls.g3(), 4, Calls.atReturn(Calls.set(Register.HVBAR, 0x6000))));
        assertEquals(List.of("4 return HVBAR"), found(result, Severity.DIVERGENCE));
    }

    @Test
    void whatTheLastInterruptLeft_isExplainedFromItsFirstDifferenceOn() throws IOException {
        List<Hypercall> run = everywhere(Calls.g3());
        add(run, interrupted(run, 2, 0x1000));
        DiffOptions options = DiffOptions.standard().withTimeEvidence(evidence);
        DiffResult later = TraceDiff.compare("recording", source(interrupted(run, 4, 8)), "run", source(run), options);
        assertEquals(List.of("4 call LR_irq"), found(later, Severity.EXPLAINED));
        DiffResult before = TraceDiff.compare("recording", source(interrupted(run, 1, 8)), "run", source(run), options);
        assertEquals(List.of("1 call LR_irq"), found(before, Severity.DIVERGENCE));
        List<Hypercall> other = Calls.with(run, 4, Calls.atCall(Calls.set(Register.SPSR_IRQ, 0x13)));
        DiffResult register = TraceDiff.compare("recording", source(other), "run", source(run), options);
        assertEquals(List.of("4 call SPSR_irq.M"), found(register, Severity.DIVERGENCE));
    }

    private static List<Hypercall> interrupted(List<Hypercall> calls, int number, long link) {
        return Calls.with(calls, number, Calls.atCall(Calls.set(Register.LR_IRQ, link)));
    }

    private static List<Hypercall> everywhere(List<Hypercall> calls) {
        return calls.stream()
                .map(Calls.atCall(Calls.set(Register.LR_IRQ, 0x4000)))
                .map(Calls.atCall(Calls.set(Register.SPSR_IRQ, 0x10)))
                .toList();
    }

    @Test
    void syndromeAtTheVector_isNoLeftover() throws IOException {
        otherClock(calling(2, Register.HSR, 0x9000_0046L));
        List<Hypercall> wrong = Calls.with(Calls.g3(), 3, Calls.atVector(Calls.set(Register.HSR, 0x4a00_0001L)));
        assertEquals(List.of("3 vector HSR.ISS"), found(against(wrong), Severity.DIVERGENCE));
    }

    @Test
    void callThatAnotherClockAdds_isExplainedWhereItAddsIt() throws IOException {
        Hypercall extra = Calls.call(9, 0x4001_1000, 7, 7, Calls.STUB, 7, Calls.STUB);
        otherClock(inserted(2, extra));
        assertEquals(List.of("3 call hypercall"), found(against(inserted(2, extra)), Severity.EXPLAINED));
        assertEquals(List.of("4 call hypercall"), found(against(inserted(3, extra)), Severity.DIVERGENCE));
        Hypercall other = Calls.call(9, 0x4001_2000, 7, 7, Calls.STUB, 7, Calls.STUB);
        assertEquals(List.of("3 call hypercall"), found(against(inserted(2, other)), Severity.DIVERGENCE));
    }

    private static List<Hypercall> inserted(int after, Hypercall extra) {
        List<Hypercall> calls = new ArrayList<>(Calls.g3());
        calls.add(after, extra);
        return Calls.renumbered(calls);
    }

    @Test
    void callThatAnotherClockLeavesOut_isExplained() throws IOException {
        List<Hypercall> fewer = new ArrayList<>(Calls.g3());
        fewer.remove(1);
        otherClock(Calls.renumbered(fewer));
        assertEquals(List.of("2 call hypercall"), found(against(Calls.renumbered(fewer)), Severity.EXPLAINED));
        List<Hypercall> otherOne = new ArrayList<>(Calls.g3());
        otherOne.remove(2);
        assertEquals(List.of("3 call hypercall"), found(against(Calls.renumbered(otherOne)), Severity.DIVERGENCE));
    }
}
