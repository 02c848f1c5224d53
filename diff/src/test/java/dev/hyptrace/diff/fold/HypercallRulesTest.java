package dev.hyptrace.diff.fold;

import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.atVector;
import static dev.hyptrace.diff.Calls.flip;
import static dev.hyptrace.diff.Calls.g3;
import static dev.hyptrace.diff.Calls.set;
import static dev.hyptrace.diff.Calls.with;
import static dev.hyptrace.diff.Diffs.diff;
import static dev.hyptrace.diff.Diffs.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.Diffs;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Status;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each rule: what follows from what, why, and what does not. */
final class HypercallRulesTest {
    private static final int SITE = Calls.SITE;
    private static final int STUB = Calls.STUB;

    /** The followers, each as {@code "4 vector PC: because"}. */
    private static List<String> because(DiffResult result) {
        return result.findings().list().stream()
                .filter(divergence -> !divergence.isFinding())
                .map(HypercallRulesTest::line)
                .toList();
    }

    private static String line(Divergence divergence) {
        return divergence.place().hypercall().orElseThrow() + " "
                + divergence.place().point().text() + " " + divergence.field() + ": "
                + divergence.verdict().follows().orElseThrow().because();
    }

    @SafeVarargs
    private static UnaryOperator<Hypercall> all(UnaryOperator<Hypercall>... changes) {
        return call -> {
            Hypercall changed = call;
            for (UnaryOperator<Hypercall> change : changes) {
                changed = change.apply(changed);
            }
            return changed;
        };
    }

    private static UnaryOperator<Hypercall> everywhere(UnaryOperator<State> change) {
        return all(atCall(change), atVector(change), atReturn(change));
    }

    @Test
    void persists_valueThatStays_followsItsFirstDifference() {
        DiffResult result = diff(g3(), with(g3(), 2, everywhere(set(Register.R5, 0x55))));
        assertEquals(List.of("hypercall 2 call register R5 0xca0205fe 0x00000055"), findings(result));
        assertEquals(
                List.of("2 vector R5: the same two values still", "2 return R5: the same two values still"),
                because(result));
    }

    @Test
    void persists_afterTheFieldWasEqual_isAFindingOfItsOwn() {
        UnaryOperator<Hypercall> one = everywhere(set(Register.R5, 1));
        UnaryOperator<Hypercall> two = all(one, atCall(set(Register.R5, 2)), atReturn(set(Register.R5, 2)));
        assertEquals(
                List.of(
                        "hypercall 2 call register R5 0x00000001 0x00000002",
                        "hypercall 2 return register R5 0x00000001 0x00000002"),
                findings(diff(with(g3(), 2, one), with(g3(), 2, two))));
    }

    @Test
    void derivedFromRecorded_warning_followsWhatItWasDerivedFrom() {
        UnaryOperator<Hypercall> masked = all(atCall(flip(Register.CPSR, 0x80)), atVector(state -> state.toBuilder()
                .derived(Register.SPSR_HYP, Calls.SVC ^ 0x80, DerivationRule.SPSR_FROM_CPSR)
                .build()));
        DiffResult result = diff(g3(), with(g3(), 2, masked));
        assertEquals(List.of("hypercall 2 call mode CPSR.I 0x00000001 0x00000000"), findings(result));
        assertEquals(List.of("2 vector SPSR_hyp.I: derived from CPSR.I"), because(result));
    }

    @Test
    void savedStatus_differenceInTheCallersCpsr_goesThroughTheException() {
        UnaryOperator<Hypercall> masked = all(
                atCall(flip(Register.CPSR, 0x80)),
                atVector(flip(Register.SPSR_HYP, 0x80)),
                atReturn(flip(Register.CPSR, 0x80)));
        DiffResult result = diff(g3(), with(g3(), 2, masked));
        assertEquals(List.of("hypercall 2 call mode CPSR.I 0x00000001 0x00000000"), findings(result));
        assertEquals(
                List.of(
                        "2 vector SPSR_hyp.I: saved from and restored to CPSR by the exception",
                        "2 return CPSR.I: saved from and restored to CPSR by the exception"),
                because(result));
    }

    @Test
    void returnAddress_callFromAnotherPlace_returnsThere() {
        List<Hypercall> right =
                with(g3(), 2, c -> Calls.call(2, SITE + 0x80, 0x7f, 0x4001c050, STUB, Calls.ERROR, STUB));
        DiffResult result = diff(g3(), right);
        assertEquals(List.of("hypercall 2 call register PC 0x40010810 0x40010888"), findings(result));
        assertEquals(
                List.of(
                        "2 vector ELR_hyp: the return address follows from PC",
                        "2 return PC: the return address follows from ELR_hyp"),
                because(result));
    }

    @Test
    void vectorAddress_otherBase_leadsToAnotherVector() {
        UnaryOperator<Hypercall> moved =
                all(everywhere(set(Register.HVBAR, 0x40010a00)), atVector(set(Register.PC, 0x40010a14)));
        DiffResult result = diff(g3(), with(g3(), 2, moved));
        assertEquals(List.of("hypercall 2 call vector HVBAR 0x40010240 0x40010a00"), findings(result));
        assertEquals(
                "2 vector PC: the vector lies in the table that HVBAR names",
                because(result).get(1));
    }

    @Test
    void vectorAddress_baseThatDoesNotExplainTheVector_leavesAFinding() {
        UnaryOperator<Hypercall> moved =
                all(everywhere(set(Register.HVBAR, 0x40010a00)), atVector(set(Register.PC, 0x40010a34)));
        assertEquals(
                List.of(
                        "hypercall 2 call vector HVBAR 0x40010240 0x40010a00",
                        "hypercall 2 vector vector PC 0x40010254 0x40010a34"),
                findings(diff(g3(), with(g3(), 2, moved))));
    }

    @Test
    void vectorAddress_callFromHyp_takesTheOtherSlot() {
        UnaryOperator<Hypercall> fromHyp = all(
                atCall(Calls.mode(Mode.HYP)),
                atVector(set(Register.PC, STUB + 8)),
                atVector(flip(Register.SPSR_HYP, 9)));
        DiffResult result = diff(g3(), with(g3(), 2, fromHyp));
        assertEquals(List.of("hypercall 2 call mode CPSR.M 0x00000013 0x0000001a"), findings(result));
        assertEquals(
                List.of(
                        "2 vector PC: an HVC from Hyp mode takes slot 0x08, from below 0x14",
                        "2 vector SPSR_hyp.M: saved from and restored to CPSR by the exception"),
                because(result));
    }

    @Test
    void vectorAddress_recordedVector_provesADerivedBase() {
        List<Hypercall> left = new ArrayList<>();
        List<Hypercall> right = new ArrayList<>();
        for (Hypercall call : g3()) {
            left.add(withDerivedBase(call, 0));
            right.add(withDerivedBase(call, call.number() > 3 ? 0x20 : 0));
        }
        DiffResult result = diff(left, right);
        assertEquals(List.of("hypercall 3 return vector HVBAR 0x40010900 0x40010920"), findings(result));
        assertEquals(Status.DIFFERENT, result.status());
        assertEquals(1, result.findings().divergences());
        assertEquals(0, result.findings().warnings());
    }

    /** As from a QEMU log: HVBAR is only seen by the vector that is taken. */
    private static Hypercall withDerivedBase(Hypercall call, int offset) {
        long base = call.vector().require(Register.HVBAR) + offset;
        UnaryOperator<State> derived = state -> state.toBuilder()
                .derived(Register.HVBAR, base, DerivationRule.HVBAR_FROM_VECTOR)
                .build();
        return all(
                        atCall(derived),
                        atVector(derived),
                        atVector(set(Register.PC, base + 0x14)),
                        atReturn(Calls.forget(Register.HVBAR)))
                .apply(call);
    }

    @Test
    void wentElsewhere_stateInAPayload_followsTheOutcome() {
        DiffResult result = diff(
                g3().subList(0, 3),
                with(g3(), 3, c -> Calls.payload(3, SITE + 16, 0, Calls.NEW_VECTORS, STUB))
                        .subList(0, 3));
        assertEquals(
                List.of("hypercall 3 return mode outcome returned entered another payload in HYP"), findings(result));
        assertEquals(
                List.of(
                        "3 return CPSR.M: seen where the call led instead",
                        "3 return HVBAR: seen where the call led instead",
                        "3 return PC: seen where the call led instead"),
                because(result));
    }

    @Test
    void returnedToOtherPlace_outcome_followsTheAddress() {
        UnaryOperator<Hypercall> elsewhere =
                all(atReturn(set(Register.PC, 0x40012000)), Calls.ended(Outcome.RETURNED_ELSEWHERE));
        DiffResult result = diff(g3(), with(g3(), 2, elsewhere));
        assertEquals(List.of("hypercall 2 return mode PC 0x40010814 0x40012000"), findings(result));
        assertEquals(List.of("2 return outcome: returned elsewhere, as PC says"), because(result));
    }

    @Test
    void refused_effectsOfTheCall_followTheRefusalAndOtherRegistersDoNot() {
        UnaryOperator<Hypercall> refused = all(
                atReturn(set(Register.R0, Calls.ERROR)),
                atReturn(set(Register.HVBAR, STUB)),
                atReturn(set(Register.R7, 7)));
        List<Hypercall> left = g3().subList(0, 3);
        DiffResult result = diff(left, with(left, 3, refused));
        assertEquals(
                List.of(
                        "hypercall 3 return register R0 0x00000000 0x0badca11",
                        "hypercall 3 return register R7 0xca0307fe 0x00000007"),
                findings(result));
        assertEquals(List.of("3 return HVBAR: one side refused the call"), because(result));
    }

    @Test
    void otherGeneration_sameNumberOfAnotherFunction_isOneFinding() {
        // r0 = 0 is GET for G2 and SET for G3.
        List<Hypercall> left = List.of(Calls.call(1, SITE, 0, 0x4001c030, STUB, STUB, STUB));
        List<Hypercall> right = List.of(Calls.call(1, SITE, 0, 0x4001c030, STUB, 0, 0x4001c020));
        DiffResult result = diff(left, right);
        assertEquals(List.of("hypercall 1 return vector HVBAR 0x40010240 0x4001c020"), findings(result));
        assertEquals(List.of("1 return R0: as each stub's generation does"), because(result));
    }

    @Test
    void otherGeneration_whatNoGenerationDoes_isAFindingOfItsOwn() {
        List<Hypercall> left = List.of(Calls.call(1, SITE, 0, 0x4001c030, STUB, STUB, STUB));
        List<Hypercall> right = List.of(Calls.call(1, SITE, 0, 0x4001c030, STUB, 5, 0x4001c020));
        assertEquals(2, findings(diff(left, right)).size());
    }

    @Test
    void otherHandler_resultsOfOtherCode_followTheVector() {
        UnaryOperator<Hypercall> other = all(
                atVector(set(Register.PC, 0x40011114)), atReturn(set(Register.R0, 3)), atReturn(set(Register.R9, 9)));
        DiffResult result = diff(g3(), with(g3(), 2, other));
        assertEquals(List.of("hypercall 2 vector vector PC 0x40010254 0x40011114"), findings(result));
        assertEquals(
                List.of("2 return R0: other code answered the call", "2 return R9: other code answered the call"),
                because(result));
    }

    @Test
    void otherArgument_result_followsTheArgument() {
        UnaryOperator<Hypercall> other = all(
                atCall(set(Register.R1, 0x4001e000)),
                atVector(set(Register.R1, 0x4001e000)),
                atReturn(set(Register.R1, 0x4001e000)),
                atReturn(set(Register.R0, 77)));
        DiffResult result = diff(g3(), with(g3(), 2, other));
        assertEquals(List.of("hypercall 2 call register R1 0x4001c050 0x4001e000"), findings(result));
        assertEquals(
                "2 return R0: the call was made with another R1",
                because(result).get(1));
    }

    @Test
    void otherFunction_itsArguments_followTheFunction() {
        List<Hypercall> right = with(g3(), 2, c -> Calls.call(2, SITE + 8, 0x11, 0x99, STUB, Calls.ERROR, STUB));
        DiffResult result = diff(g3(), right);
        assertEquals(List.of("hypercall 2 call register R0 0x0000007f 0x00000011"), findings(result));
        assertEquals(
                "2 call R1: an argument of a call with another R0",
                because(result).get(0));
    }

    @Test
    void copied_twoValuesInAnotherRegister_followTheFirst() {
        UnaryOperator<Hypercall> left = atReturn(set(Register.R0, 0x40010240));
        UnaryOperator<Hypercall> right = atReturn(set(Register.R0, 0x40010260));
        List<Hypercall> lefts = with(with(g3(), 2, left), 3, atCall(set(Register.R4, 0x40010240)));
        List<Hypercall> rights = with(with(g3(), 2, right), 3, atCall(set(Register.R4, 0x40010260)));
        DiffResult result = diff(lefts, rights);
        assertEquals(List.of("hypercall 2 return register R0 0x40010240 0x40010260"), findings(result));
        assertEquals(List.of("3 call R4: the two values that R0 had"), because(result));
    }

    @Test
    void copied_smallNumbers_areNoProofOfACopy() {
        List<Hypercall> lefts = with(with(g3(), 2, atReturn(set(Register.R0, 1))), 3, atCall(set(Register.R4, 1)));
        List<Hypercall> rights = with(with(g3(), 2, atReturn(set(Register.R0, 2))), 3, atCall(set(Register.R4, 2)));
        assertEquals(2, findings(diff(lefts, rights)).size());
    }

    @Test
    void relocated_sameProgramAtAnotherAddress_isOneFinding() {
        int distance = 0x200000;
        List<Hypercall> right = new ArrayList<>();
        for (Hypercall call : g3()) {
            Hypercall moved = Calls.call(
                    call.number(),
                    call.site().orElseThrow() + distance,
                    (int) call.call().require(Register.R0),
                    (int) call.call().require(Register.R1) + distance,
                    (int) call.call().require(Register.HVBAR) + distance,
                    (int) call.after().require(Register.R0),
                    (int) call.after().require(Register.HVBAR) + distance);
            right.add(moved);
        }
        DiffResult result = diff(g3(), right);
        assertEquals(List.of("hypercall 1 call vector HVBAR 0x40010240 0x40210240"), findings(result));
        assertEquals(5, result.hypercalls().aligned());
    }

    @Test
    void relocated_valueComputedFromAnother_followsIt() {
        List<Hypercall> lefts =
                with(with(g3(), 2, atReturn(set(Register.R0, 0x40010240))), 3, atCall(set(Register.R6, 0x40010900)));
        List<Hypercall> rights =
                with(with(g3(), 2, atReturn(set(Register.R0, 0x0badca11))), 3, atCall(set(Register.R6, 0x0badd0d1)));
        DiffResult result = diff(lefts, rights);
        assertEquals(List.of("hypercall 2 return register R0 0x40010240 0x0badca11"), findings(result));
        assertEquals(List.of("3 call R6: as far apart as the two values of R0"), because(result));
    }

    @Test
    void afterUnmatched_stateThatAMissingCallSet_followsTheMissingCall() {
        List<Hypercall> right = new ArrayList<>();
        for (Hypercall call : g3()) {
            if (call.number() < 3) {
                right.add(call);
            } else if (call.number() > 3) {
                right.add(Calls.call(
                        call.number() - 1,
                        call.site().orElseThrow(),
                        (int) call.call().require(Register.R0),
                        (int) call.call().require(Register.R1),
                        STUB,
                        (int) call.after().require(Register.R0),
                        STUB));
            }
        }
        List<Hypercall> rightWithRegisters = new ArrayList<>();
        for (Hypercall call : right) {
            Hypercall left = g3().get(call.number() < 3 ? call.number() - 1 : call.number());
            rightWithRegisters.add(
                    everywhere(state -> sameCanaries(state, left.call())).apply(call));
        }
        DiffResult result = diff(g3(), rightWithRegisters);
        assertEquals(List.of("hypercall 3 call presence hypercall 0x40010818 none"), findings(result));
        assertEquals(
                "4 call HVBAR: left behind by a call that one side did not make here",
                because(result).get(0));
    }

    private static State sameCanaries(State state, State from) {
        State.Builder builder = state.toBuilder();
        for (int n = 2; n <= 12; n++) {
            builder.known(Register.r(n), from.require(Register.r(n)));
        }
        return builder.known(Register.LR_SVC, from.require(Register.LR_SVC)).build();
    }

    @Test
    void otherSite_registersOfAnotherPlace_followThePlace() {
        UnaryOperator<Hypercall> moved = c -> atCall(set(Register.R8, 8))
                .apply(Calls.call(2, SITE + 0x80, 0x7f, 0x4001c050, STUB, Calls.ERROR, STUB));
        DiffResult result = diff(g3(), with(g3(), 2, moved));
        assertEquals(List.of("hypercall 2 call register PC 0x40010810 0x40010888"), findings(result));
        assertEquals(
                "2 call R8: the call is made from another place",
                because(result).get(0));
    }

    @Test
    void flags_afterARegisterThatDiffers_followIt() {
        UnaryOperator<Hypercall> changed = all(atCall(set(Register.R5, 5)), atCall(flip(Register.CPSR, 0x40000000)));
        DiffResult result = diff(g3(), with(g3(), 2, changed));
        assertEquals(List.of("hypercall 2 call register R5 0xca0205fe 0x00000005"), findings(result));
        assertEquals(List.of("2 call CPSR.NZCVQ: flags come from registers, and R5 differs"), because(result));
    }

    @Test
    void repeated_sameEffectOfTheSameCall_followsTheFirst() {
        UnaryOperator<Hypercall> clobber = atReturn(set(Register.R1, STUB));
        DiffResult result = diff(g3(), with(with(g3(), 1, clobber), 5, clobber));
        assertEquals(List.of("hypercall 1 return register R1 0x4001c030 0x40010240"), findings(result));
        assertEquals(List.of("5 return R1: the same again"), because(result));
    }

    @Test
    void repeated_sameEffectOfAnotherFunction_isAFindingOfItsOwn() {
        UnaryOperator<Hypercall> clobber = atReturn(set(Register.R9, 9));
        assertEquals(
                2,
                findings(diff(g3(), with(with(g3(), 1, clobber), 2, clobber))).size());
    }

    @Test
    void runOfUnmatched_callsInARow_areOneFinding() {
        List<Hypercall> right = Calls.renumbered(List.of(g3().get(0), g3().get(4)));
        List<Hypercall> left = with(g3(), 5, everywhere(state -> state));
        DiffResult result = diff(left, right);
        assertEquals(List.of("hypercall 2 call presence hypercall 0x40010810 none"), findings(result));
        assertEquals(
                List.of(
                        "3 call hypercall: next to another call that only this side made",
                        "4 call hypercall: next to another call that only this side made"),
                because(result));
    }

    @Test
    void runOfUnmatched_callInPlaceOfAnother_isOneFinding() {
        List<Hypercall> right = with(g3(), 2, c -> everywhere(state -> state.toBuilder()
                        .known(Register.R2, 2)
                        .known(Register.R3, 3)
                        .build())
                .apply(Calls.call(2, 0x40017000, 0x11, 0x22, STUB, Calls.ERROR, STUB)));
        DiffResult result = diff(g3(), right);
        assertEquals(List.of("hypercall 2 call presence hypercall 0x40010810 none"), findings(result));
        assertEquals(List.of("2 call hypercall: made in place of that call"), because(result));
    }

    @Test
    void afterGoingApart_callsThatAreNeverMade_followTheOutcome() {
        DiffResult result =
                diff(g3(), with(g3(), 4, Calls.ended(Outcome.NEVER_RETURNED)).subList(0, 4));
        assertEquals(
                List.of("hypercall 4 return mode outcome returned never returned within the trace"), findings(result));
        assertEquals(List.of("5 call hypercall: after the two sides went different ways"), because(result));
    }

    @Test
    void recordedDifference_neverFollowsAWarning() {
        UnaryOperator<Hypercall> guess = atCall(state -> state.toBuilder()
                .derived(Register.R5, 0x55, DerivationRule.IMPORTED)
                .build());
        DiffResult result = diff(g3(), with(g3(), 2, all(guess, atReturn(set(Register.R5, 0x55)))));
        assertEquals(Status.DIFFERENT, result.status());
        assertEquals(1, result.findings().divergences());
        assertEquals(
                List.of("hypercall 2 return register R5 0xca0205fe 0x00000055"),
                findings(result).subList(0, 1));
    }

    @Test
    void followers_nameTheNumberOfTheirFinding() {
        DiffResult result = diff(g3(), with(g3(), 2, everywhere(set(Register.R5, 0x55))));
        Divergence finding = result.findings().list().get(0);
        assertEquals(1, finding.number());
        assertEquals(
                1,
                result.findings()
                        .list()
                        .get(1)
                        .verdict()
                        .follows()
                        .orElseThrow()
                        .number());
        assertEquals(2, Diffs.followers(result).size());
    }

    @Test
    void offsetOfTheVirtualCounter_setFromTheCounter_comesFromTimeAndIsNoDivergence() {
        DiffResult result =
                diff(offset(0x5438feb, 0x6000000, set(Register.R7, 1)), offset(0xe54cc, 0xe6000, set(Register.R7, 1)));
        assertEquals(1, result.findings().explained());
        assertEquals(0, result.findings().divergences());
        assertEquals(
                CauseClass.TIME,
                result.findings().list().get(0).verdict().cause().orElseThrow().kind());
        assertEquals(Status.SAME, result.status());
    }

    @Test
    void offsetOfTheVirtualCounter_thatNoCounterCanHaveShown_isADivergence() {
        UnaryOperator<State> nothing = state -> state;
        assertEquals(
                1, diff(offset(0, 9, nothing), offset(5, 9, nothing)).findings().divergences());
        assertEquals(
                1,
                diff(offset(5, 9, nothing), offset(10, 9, nothing)).findings().divergences());
    }

    /** The register has the same two values as the offset, and the difference between them is a divergence all the same. */
    @Test
    void registerWithTheValuesOfTheOffset_doesNotHideBehindIt() {
        UnaryOperator<State> nothing = state -> state;
        List<Hypercall> left = offset(0x5438feb, 0x6000000, nothing);
        List<Hypercall> right = offset(0xe54cc, 0xe6000, nothing);
        DiffResult result = diff(
                with(left, 3, atCall(set(Register.R7, 0x5438feb))), with(right, 3, atCall(set(Register.R7, 0xe54cc))));
        assertEquals(1, result.findings().explained());
        assertEquals(1, result.findings().divergences());
    }

    @Test
    void timer_thatHasFiredAndIsMaskedOnOneSide_comesFromTime() {
        UnaryOperator<Hypercall> running = everywhere(set(Register.CNTV_CTL, 1));
        UnaryOperator<Hypercall> fired = everywhere(set(Register.CNTV_CTL, 7));
        UnaryOperator<Hypercall> off = everywhere(set(Register.CNTV_CTL, 6));
        assertEquals(
                1, diff(with(g3(), 2, running), with(g3(), 2, fired)).findings().explained());
        assertEquals(
                1, diff(with(g3(), 2, running), with(g3(), 2, off)).findings().divergences());
    }

    private static List<Hypercall> offset(long value, long now, UnaryOperator<State> more) {
        return with(
                g3(),
                2,
                everywhere(state -> more.apply(set(Register.CNTPCT, now)
                        .apply(set(Register.CNTVOFF, value).apply(state)))));
    }
}
