package dev.hyptrace.traces.hypercall;

import static dev.hyptrace.traces.hypercall.Recorded.HYP;
import static dev.hyptrace.traces.hypercall.Recorded.MON;
import static dev.hyptrace.traces.hypercall.Recorded.SVC;
import static dev.hyptrace.traces.hypercall.Recorded.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HypercallAssemblerTest {
    private static final int HVC_0 = 0xe140_0070;
    private static final int HVC_1234 = 0xe141_2374;
    private static final int NOP = 0xe320_f000;
    private static final int ERET = 0xe160_006e;
    private static final int BX_R1 = 0xe12f_ff11;
    private static final int BLX_R3 = 0xe12f_ff33;
    private static final State HSR_ONLY =
            State.builder().known(Register.HSR, 0x4a00_1234).build();
    private static final State NOTHING = State.unknown();

    private static Value known(int bits) {
        return new Value.Known(Integer.toUnsignedLong(bits));
    }

    private static Value derived(int bits, DerivationRule rule) {
        return new Value.Derived(Integer.toUnsignedLong(bits), rule);
    }

    private static void assertOutcome(Outcome expected, Hypercall call) {
        assertEquals(expected, call.outcome(), call.toString());
    }

    /** The shape of a QEMU log: HSR in the entry, registers at the next instruction. */
    private static Recorded calledFromSvc() {
        return new Recorded()
                .step(SVC, 0x7ffc, NOP)
                .r0(1)
                .step(SVC, 0x8000, HVC_1234)
                .entry(Mode.SVC, HSR_ONLY)
                .r0(2)
                .step(HYP, 0x9014, NOP);
    }

    @Test
    void returnedCall_hasAllThreeStatesAndItsSteps() {
        Hypercall call = calledFromSvc()
                .r0(3)
                .step(HYP, 0x9018, ERET)
                .back(Mode.SVC, 0x8004)
                .r0(4)
                .step(SVC, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(1, call.number());
        assertEquals(OptionalInt.of(0x8000), call.site());
        assertEquals(OptionalInt.of(0x1234), call.immediate());
        assertEquals(OptionalInt.empty(), call.payload());
        assertEquals(OptionalLong.of(1), call.callStep());
        assertEquals(OptionalLong.of(3), call.lastStep());
        assertEquals(known(1), call.call().get(Register.R0));
        assertEquals(
                derived(0x9000, DerivationRule.CALL_FROM_VECTOR), call.call().get(Register.HVBAR));
        assertEquals(4, call.call().size());
        assertEquals(
                state(HYP, 0x9014, 2).toBuilder()
                        .known(Register.HSR, 0x4a00_1234)
                        .derived(Register.ELR_HYP, 0x8004, DerivationRule.ELR_FROM_HVC_ADDRESS)
                        .derived(Register.SPSR_HYP, SVC, DerivationRule.SPSR_FROM_CPSR)
                        .derived(Register.HVBAR, 0x9000, DerivationRule.HVBAR_FROM_VECTOR)
                        .build(),
                call.vector());
        assertEquals(state(SVC, 0x8004, 4), call.after());
    }

    @Test
    void recordedValues_areNeverReplacedByDerivedOnes() {
        State vector = State.builder()
                .known(Register.PC, 0x9014)
                .known(Register.ELR_HYP, 0x8004)
                .known(Register.SPSR_HYP, SVC | 0x8000_0000)
                .known(Register.HVBAR, 0x7000)
                .known(Register.HSR, 0x4a00_0001)
                .build();
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, vector)
                .step(HYP, 0x9014, NOP)
                .only();
        for (Register register : vector.registers()) {
            assertEquals(vector.get(register), call.vector().get(register));
        }
        assertEquals(OptionalInt.of(0), call.immediate());
    }

    @Test
    void entryWithoutStep_derivesTheCallFromTheVector() {
        State vector = State.builder()
                .known(Register.R0, 7)
                .known(Register.R12, 12)
                .known(Register.SP_HYP, 0x100)
                .known(Register.LR_SVC, 0x200)
                .known(Register.PC, 0x9014)
                .known(Register.CPSR, HYP)
                .known(Register.ELR_HYP, 0x8004)
                .known(Register.SPSR_HYP, SVC)
                .known(Register.HSR, 0x4a00_0055)
                .known(Register.HCR, 0x80)
                .build();
        Hypercall call = new Recorded().gap().entry(Mode.SVC, vector).only();
        State.Builder expected = State.builder();
        for (Register carried : List.of(Register.R0, Register.R12, Register.SP_HYP, Register.LR_SVC)) {
            expected.derived(carried, vector.require(carried), DerivationRule.CALL_FROM_VECTOR);
        }
        expected.derived(Register.PC, 0x8000, DerivationRule.CALL_FROM_VECTOR);
        expected.derived(Register.CPSR, SVC, DerivationRule.CALL_FROM_VECTOR);
        expected.derived(Register.HVBAR, 0x9000, DerivationRule.CALL_FROM_VECTOR);
        assertEquals(expected.build(), call.call());
        assertEquals(OptionalInt.of(0x8000), call.site());
        assertEquals(OptionalInt.of(0x55), call.immediate());
        assertEquals(OptionalLong.empty(), call.callStep());
        assertEquals(OptionalLong.empty(), call.lastStep());
        assertOutcome(Outcome.NEVER_RETURNED, call);
    }

    @Test
    void exceptionsOnly_knowsThatHypWasLeftButNotWhether_toTheCaller() {
        Recorded log = new Recorded();
        for (int i = 1; i <= 3; i++) {
            log.entry(ExceptionKind.HYPERVISOR_CALL, Optional.empty(), Optional.of(Mode.HYP), HSR_ONLY)
                    .back(Mode.SVC, 0x8000 * i);
        }
        List<Hypercall> calls = log.end();
        assertEquals(List.of(1, 2, 3), calls.stream().map(Hypercall::number).toList());
        for (Hypercall call : calls) {
            assertOutcome(Outcome.LEFT_HYP, call);
            assertEquals(OptionalInt.empty(), call.site());
            assertEquals(OptionalInt.of(0x1234), call.immediate());
            assertEquals(known(0x8000 * call.number()), call.after().get(Register.PC));
            assertEquals(Value.UNKNOWN, call.call().get(Register.R0));
        }
    }

    @Test
    void stepThatIsNotTheHvc_isNotTakenForTheCaller() {
        Hypercall call = new Recorded()
                .step(SVC, 0x7ffc, BX_R1)
                .entry(Mode.SVC, HSR_ONLY)
                .only();
        assertEquals(OptionalInt.empty(), call.site());
        assertTrue(call.call().isEmpty());
    }

    @Test
    void hvcStepAtAnotherAddressThanElr_isNotTakenForTheCaller() {
        State vector = State.builder().known(Register.ELR_HYP, 0xa004).build();
        Hypercall call =
                new Recorded().step(SVC, 0x8000, HVC_0).entry(Mode.SVC, vector).only();
        assertEquals(OptionalInt.of(0xa000), call.site());
        assertEquals(Value.UNKNOWN, call.call().get(Register.R0));
    }

    @Test
    void stepWithoutInstruction_isTheHvcOfTheEntryThatFollows() {
        Event.Step step = new Event.Step(0, 0x8000, Optional.empty(), state(SVC, 0x8000, 1), List.of());
        Hypercall call = new Recorded().event(step).entry(Mode.SVC, HSR_ONLY).only();
        assertEquals(OptionalInt.of(0x8000), call.site());
        assertEquals(OptionalInt.of(0x1234), call.immediate());
        assertEquals(known(1), call.call().get(Register.R0));
    }

    @Test
    void stepWithoutInstruction_isNoHvcIfOnlyAStepAtTheVectorFollows() {
        Event.Step step = new Event.Step(0, 0x8000, Optional.empty(), state(SVC, 0x8000, 1), List.of());
        assertEquals(
                List.of(), new Recorded().event(step).step(HYP, 0x9014, NOP).end());
    }

    @Test
    void snapshotThatSaysSo_entersAPayload() {
        State there = state(HYP, 0x4020_8000, 5);
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, state(HYP, 0x9014, 2))
                .event(new Event.Snapshot(0, "entered another payload in HYP", there))
                .gap()
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
        assertEquals(there, call.after());
    }

    @Test
    void hvcBeforeAGap_isNotChainedToTheEntryAfterIt() {
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .gap()
                .entry(Mode.SVC, HSR_ONLY)
                .only();
        assertEquals(OptionalInt.empty(), call.site());
    }

    @Test
    void noteAndSnapshot_doNotComeBetween() {
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .event(new Event.Note(0, "chatter"))
                .event(new Event.Snapshot(0, "checkpoint", state(SVC, 0x8000, 0)))
                .entry(Mode.SVC, HSR_ONLY)
                .event(new Event.Note(0, "chatter"))
                .back(Mode.SVC, 0x8004)
                .event(new Event.Note(0, "chatter"))
                .step(SVC, 0x8004, NOP)
                .only();
        assertEquals(OptionalInt.of(0x8000), call.site());
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(state(SVC, 0x8004, 0), call.after());
    }

    @Test
    void conditionFailed_isNoHypercall() {
        assertEquals(
                List.of(),
                new Recorded()
                        .step(SVC, 0x8010, 0x0140_0070)
                        .step(SVC, 0x8014, NOP)
                        .end());
        assertEquals(
                List.of(),
                new Recorded().step(HYP, 0x8010, HVC_0).step(HYP, 0x8014, NOP).end());
    }

    @Test
    void answeredByAnotherException_isNoHypercall() {
        assertEquals(
                List.of(),
                new Recorded()
                        .step(SVC, 0x8000, HVC_0)
                        .entry(
                                ExceptionKind.UNDEFINED_INSTRUCTION,
                                Optional.of(Mode.SVC),
                                Optional.of(Mode.UND),
                                NOTHING)
                        .step(0x6000_01db, 0x4, NOP)
                        .end());
        assertEquals(
                List.of(),
                new Recorded()
                        .step(SVC, 0x8000, HVC_0)
                        .entry(ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.MON), NOTHING)
                        .end());
    }

    @Test
    void answeredWithoutEnteringHyp_isNoHypercallAndTakesNoNumber() {
        List<Hypercall> calls = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, HSR_ONLY)
                .step(SVC, 0x8004, HVC_0)
                .entry(Mode.SVC, HSR_ONLY)
                .step(HYP, 0x9014, NOP)
                .end();
        assertEquals(1, calls.size());
        assertEquals(1, calls.get(0).number());
        assertEquals(OptionalInt.of(0x8004), calls.get(0).site());
    }

    @Test
    void hypTrapWithTheSyndromeOfAnHvc_isAHypercall() {
        for (ExceptionKind kind : List.of(ExceptionKind.HYP_TRAP, ExceptionKind.UNKNOWN)) {
            Hypercall call = new Recorded()
                    .step(SVC, 0x8000, HVC_1234)
                    .entry(kind, Optional.of(Mode.SVC), Optional.of(Mode.HYP), HSR_ONLY)
                    .back(Mode.SVC, 0x8004)
                    .only();
            assertOutcome(Outcome.RETURNED, call);
        }
        State otherSyndrome = State.builder().known(Register.HSR, 0x0600_0000).build();
        assertEquals(
                List.of(),
                new Recorded()
                        .entry(ExceptionKind.HYP_TRAP, Optional.of(Mode.SVC), Optional.of(Mode.HYP), otherSyndrome)
                        .step(HYP, 0x9014, NOP)
                        .end());
    }

    @Test
    void withoutExceptionEvents_theStepAtTheVectorIsTheEntry() {
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_1234)
                .step(HYP, 0x9014, ERET)
                .step(SVC, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(
                derived(0x4a00_1234, DerivationRule.HSR_FROM_HVC), call.vector().get(Register.HSR));
        assertEquals(state(SVC, 0x8004, 0), call.after());
        assertEquals(OptionalLong.of(1), call.lastStep());
    }

    @Test
    void withoutExceptionEvents_anotherSlotIsNoEntry() {
        assertEquals(
                List.of(),
                new Recorded().step(SVC, 0x8000, HVC_0).step(HYP, 0x9008, NOP).end());
        assertEquals(
                List.of(),
                new Recorded().step(HYP, 0x8000, HVC_0).step(HYP, 0x9014, NOP).end());
        assertEquals(
                List.of(),
                new Recorded().step(SVC, 0x8000, HVC_0).step(SVC, 0x9014, NOP).end());
    }

    @Test
    void withoutAnyRegisters_addressesAloneShowCallAndReturn() {
        Recorded log = new Recorded();
        for (int[] step : new int[][] {{0x8000, HVC_0}, {0x9014, NOP}, {0x9018, ERET}, {0x8004, NOP}}) {
            log.step(step[0], Instruction.a32(step[1]), NOTHING);
        }
        Hypercall call = log.only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(
                derived(0x9000, DerivationRule.HVBAR_FROM_VECTOR), call.vector().get(Register.HVBAR));
        assertEquals(Value.UNKNOWN, call.vector().get(Register.SPSR_HYP));
        assertEquals(OptionalLong.of(2), call.lastStep());
    }

    @Test
    void thumbHvc_returnsFourBytesOn() {
        int thumb = SVC | 0x20;
        Hypercall call = new Recorded()
                .step(0x8002, Instruction.t32(0xf7e0_8056), state(thumb, 0x8002, 0))
                .entry(Mode.SVC, NOTHING)
                .step(HYP, 0x9014, ERET)
                .back(Mode.SVC, 0x8006)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(OptionalInt.of(0x56), call.immediate());
        assertEquals(
                derived(0x8006, DerivationRule.ELR_FROM_HVC_ADDRESS),
                call.vector().get(Register.ELR_HYP));
    }

    @Test
    void callFromHyp_usesSlot8AndReturnsWithinHyp() {
        Hypercall call = new Recorded()
                .step(HYP, 0x8000, HVC_0)
                .entry(Mode.HYP, NOTHING)
                .step(HYP, 0x9008, ERET)
                .r0(5)
                .step(HYP, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertTrue(call.fromHyp());
        assertEquals(
                derived(0x9000, DerivationRule.HVBAR_FROM_VECTOR), call.vector().get(Register.HVBAR));
        assertEquals(state(HYP, 0x8004, 5), call.after());
    }

    @Test
    void callFromHyp_withReturnEvent_mergesTheNextStep() {
        Hypercall call = new Recorded()
                .step(HYP, 0x8000, HVC_0)
                .entry(Mode.HYP, NOTHING)
                .step(HYP, 0x9008, ERET)
                .back(Mode.HYP, 0x8004)
                .r0(5)
                .step(HYP, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(state(HYP, 0x8004, 5), call.after());
    }

    @Test
    void nestedCall_endsFirstAndBothAreNumberedInTheOrderTheyBegan() {
        Recorded log = calledFromSvc()
                .step(HYP, 0x9018, HVC_0)
                .entry(Mode.HYP, NOTHING)
                .step(HYP, 0x9008, ERET)
                .step(HYP, 0x901c, ERET);
        assertEquals(1, log.soFar().size());
        List<Hypercall> calls =
                log.back(Mode.SVC, 0x8004).step(SVC, 0x8004, NOP).end();
        assertEquals(List.of(2, 1), calls.stream().map(Hypercall::number).toList());
        assertOutcome(Outcome.RETURNED, calls.get(0));
        assertOutcome(Outcome.RETURNED, calls.get(1));
        assertEquals(OptionalInt.of(0x9018), calls.get(0).site());
        assertEquals(OptionalLong.of(3), calls.get(0).callStep());
        assertEquals(OptionalLong.of(4), calls.get(0).lastStep());
        assertEquals(OptionalLong.of(5), calls.get(1).lastStep());
    }

    @Test
    void nestedCallThatLeavesHyp_isElsewhereWhileTheOuterOneReturned() {
        List<Hypercall> calls = calledFromSvc()
                .step(HYP, 0x9018, HVC_0)
                .entry(Mode.HYP, NOTHING)
                .step(HYP, 0x9008, ERET)
                .back(Mode.SVC, 0x8004)
                .end();
        assertEquals(2, calls.size());
        assertOutcome(Outcome.RETURNED, calls.get(0));
        assertEquals(OptionalInt.of(0x8000), calls.get(0).site());
        assertOutcome(Outcome.RETURNED_ELSEWHERE, calls.get(1));
    }

    @Test
    void endlessNesting_isBounded() {
        Recorded log = new Recorded().step(SVC, 0x8000, HVC_0).entry(Mode.SVC, NOTHING);
        for (int i = 0; i < 100; i++) {
            log.step(HYP, 0x9014, HVC_0).entry(Mode.HYP, NOTHING);
        }
        assertEquals(101 - 16, log.soFar().size());
        List<Hypercall> calls = log.end();
        assertEquals(101, calls.size());
        for (Hypercall call : calls) {
            assertOutcome(Outcome.NEVER_RETURNED, call);
        }
    }

    @Test
    void returnToAnotherAddress_isElsewhere() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, ERET)
                .back(Mode.SVC, 0x8008)
                .step(SVC, 0x8008, NOP)
                .only();
        assertOutcome(Outcome.RETURNED_ELSEWHERE, call);
        assertEquals(state(SVC, 0x8008, 2), call.after());
    }

    @Test
    void returnToAnotherMode_isElsewhere() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, ERET)
                .back(Mode.USR, 0x8004)
                .step(Recorded.USR, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED_ELSEWHERE, call);
        assertEquals(Optional.of(Mode.USR), call.after().mode());
    }

    @Test
    void stateAfterTheReturn_mergesOnlyWhatIsAtTheSamePlace() {
        Hypercall call =
                calledFromSvc().back(Mode.SVC, 0x8004).step(SVC, 0x5000, NOP).only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(State.builder().known(Register.PC, 0x8004).build(), call.after());
    }

    @Test
    void returnEventWithoutAddress_takesItFromTheNextStep() {
        Hypercall call = calledFromSvc()
                .back(Mode.HYP, Mode.SVC, NOTHING)
                .step(SVC, 0x8004, NOP)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertOutcome(
                Outcome.LEFT_HYP,
                calledFromSvc().back(Mode.HYP, Mode.SVC, NOTHING).only());
    }

    @Test
    void returnEventWithoutModeAndAddress_isJudgedByTheNextStep() {
        Event toSomewhere = new Event.ExceptionReturn(0, Optional.empty(), Optional.empty(), NOTHING);
        assertOutcome(
                Outcome.RETURNED,
                calledFromSvc().event(toSomewhere).step(SVC, 0x8004, NOP).only());
        assertOutcome(Outcome.LEFT_HYP, calledFromSvc().event(toSomewhere).only());
        Recorded stays = calledFromSvc().event(toSomewhere).step(HYP, 0x901c, ERET);
        assertEquals(List.of(), stays.soFar());
        assertOutcome(Outcome.RETURNED, stays.back(Mode.SVC, 0x8004).only());
    }

    @Test
    void snapshotAfterTheLastStep_showsTheReturn() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, ERET)
                .event(new Event.Snapshot(0, "end", state(SVC, 0x8004, 9)))
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(state(SVC, 0x8004, 9), call.after());
    }

    @Test
    void stepsInMonitorMode_doNotLeaveHyp() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, 0xe160_0070)
                .entry(ExceptionKind.SECURE_MONITOR_CALL, Optional.of(Mode.HYP), Optional.of(Mode.MON), NOTHING)
                .step(MON, 0xf008, NOP)
                .back(Mode.MON, Mode.HYP, NOTHING)
                .step(HYP, 0x901c, ERET)
                .back(Mode.SVC, 0x8004)
                .only();
        assertOutcome(Outcome.RETURNED, call);
    }

    @Test
    void jumpOutOfTheVisitedCode_entersAPayload() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BX_R1)
                .r0(6)
                .step(HYP, 0x4020_8000, NOP)
                .step(HYP, 0x4020_8004, ERET)
                .back(Mode.SVC, 0x4020_8008)
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
        assertEquals(Optional.of(new Departure(OptionalInt.of(0x4020_8008), Optional.of(Mode.SVC))), call.departure());
        assertEquals(state(HYP, 0x4020_8000, 6), call.after());
        assertEquals(OptionalLong.of(3), call.lastStep());
    }

    @Test
    void payloadThatStaysInHyp_isEnteredAtTheEndAndAtAGap() {
        for (boolean gap : new boolean[] {false, true}) {
            Recorded log = calledFromSvc().step(HYP, 0x9018, BX_R1).r0(6).step(HYP, 0x4020_8000, NOP);
            Hypercall call = (gap ? log.gap() : log).only();
            assertOutcome(Outcome.ENTERED_PAYLOAD, call);
            assertEquals(state(HYP, 0x4020_8000, 6), call.after());
        }
    }

    /** A function reached by a jump looks like a payload for as long as it is all that was recorded. */
    @Test
    void payloadBeforeAGap_isNoneIfTheCallReturnsToItsCaller() {
        Hypercall call = inPayloadThenGap().back(Mode.SVC, 0x8004).only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(OptionalInt.empty(), call.payload());
        Hypercall interrupted = inPayloadThenGap()
                .entry(ExceptionKind.IRQ, Optional.of(Mode.HYP), Optional.of(Mode.HYP), NOTHING)
                .gap()
                .back(Mode.SVC, 0x8004)
                .only();
        assertOutcome(Outcome.RETURNED, interrupted);
    }

    @Test
    void payloadBeforeAGap_isEnteredWhateverElseFollows() {
        Hypercall elsewhere = inPayloadThenGap().back(Mode.SVC, 0xc000).only();
        Hypercall inHandler = inPayloadThenGap().step(HYP, 0x9018, NOP).only();
        Hypercall left = inPayloadThenGap().step(SVC, 0xc000, NOP).only();
        for (Hypercall call : List.of(elsewhere, inHandler, left)) {
            assertOutcome(Outcome.ENTERED_PAYLOAD, call);
            assertEquals(OptionalInt.of(0x4020_8000), call.payload());
            assertEquals(state(HYP, 0x4020_8000, 6), call.after());
            assertEquals(Optional.empty(), call.departure());
        }
    }

    private static Recorded inPayloadThenGap() {
        return calledFromSvc()
                .step(HYP, 0x9018, BX_R1)
                .r0(6)
                .step(HYP, 0x4020_8000, NOP)
                .gap();
    }

    @Test
    void directBranchFarAway_isStillTheHandler() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, 0xea00_1000)
                .step(HYP, 0xd020, NOP)
                .step(HYP, 0xd024, BX_R1)
                .step(HYP, 0xd060, ERET)
                .only();
        assertOutcome(Outcome.NEVER_RETURNED, call);
    }

    @Test
    void functionThatComesBack_isNoPayload() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BLX_R3)
                .step(HYP, 0xc000_0000, BX_R1)
                .step(HYP, 0x901c, ERET)
                .back(Mode.SVC, 0x8004)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(OptionalInt.empty(), call.payload());
        assertEquals(OptionalLong.of(5), call.lastStep());
    }

    @Test
    void functionThatLeavesHypItself_isElsewhereAndNoPayload() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BLX_R3)
                .step(HYP, 0xc000_0000, ERET)
                .back(Mode.USR, 0x100)
                .only();
        assertOutcome(Outcome.RETURNED_ELSEWHERE, call);
        assertEquals(OptionalInt.empty(), call.payload());
    }

    @Test
    void handlerReachedByAJump_thatReturnsToTheCaller_hasReturned() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BX_R1)
                .step(HYP, 0xc000_0000, ERET)
                .back(Mode.SVC, 0x8004)
                .only();
        assertOutcome(Outcome.RETURNED, call);
    }

    @Test
    void jumpToTheReturnAddressInHyp_entersTheCallerAsAPayload() {
        Hypercall call = new Recorded()
                .step(SVC, 0x8020, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .step(HYP, 0x8014, BX_R1)
                .step(HYP, 0x8024, NOP)
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x8024), call.payload());
    }

    @Test
    void payloadCloseToTheVectors_isStillOne() {
        Hypercall call = new Recorded()
                .step(SVC, 0x4001_0818, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .step(HYP, 0x4001_0914, BX_R1)
                .step(HYP, 0x4001_0880, NOP)
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x4001_0880), call.payload());
    }

    @Test
    void eretWithinHyp_isAJump() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, ERET)
                .back(Mode.HYP, 0x4020_8000)
                .step(HYP, 0x4020_8000, NOP)
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
    }

    /** KVM answers SOFT_RESTART at its handler's physical address and leaves from there. */
    @Test
    void handlerThatGoesOnElsewhere_leavesForThePayloadFromThere() {
        for (boolean logged : new boolean[] {false, true}) {
            Recorded log = calledFromSvc()
                    .step(HYP, 0x9018, BX_R1)
                    .step(HYP, 0x4001_1068, NOP)
                    .step(HYP, 0x4001_106c, ERET);
            Hypercall call = (logged ? log.back(Mode.HYP, 0x4020_8000) : log)
                    .step(HYP, 0x4020_8000, NOP)
                    .only();
            assertOutcome(Outcome.ENTERED_PAYLOAD, call);
            assertEquals(OptionalInt.of(0x4020_8000), call.payload());
            assertEquals(OptionalLong.of(5), call.lastStep());
        }
    }

    @Test
    void exceptionReturnThatIsNotTaken_isNoDetoursEnd() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BX_R1)
                .step(HYP, 0x4020_8000, ERET)
                .step(HYP, 0x4020_8004, NOP)
                .step(HYP, 0x4020_8008, BX_R1)
                .step(HYP, 0x4030_0000, NOP)
                .only();
        assertOutcome(Outcome.ENTERED_PAYLOAD, call);
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
    }

    @Test
    void payloadThatReturnsFromAnExceptionLater_isStillTheOneEntered() {
        Recorded log = calledFromSvc().step(HYP, 0x9018, BX_R1);
        for (int i = 0; i < 64; i++) {
            log = log.step(HYP, 0x4020_8000 + 4 * i, NOP);
        }
        Hypercall call =
                log.step(HYP, 0x4020_8100, ERET).step(HYP, 0x4030_0000, NOP).only();
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
    }

    @Test
    void exceptionInsideTheHandler_isNoJump() {
        Hypercall call = calledFromSvc()
                .step(HYP, 0x9018, BX_R1)
                .entry(ExceptionKind.DATA_ABORT, Optional.of(Mode.HYP), Optional.of(Mode.HYP), NOTHING)
                .step(HYP, 0x5010, NOP)
                .only();
        assertOutcome(Outcome.NEVER_RETURNED, call);
    }

    @Test
    void callEntryAndReturnOnly_withAGapInTheHandler_isComplete() {
        Recorded log = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, state(HYP, 0x9014, 2))
                .gap();
        Hypercall call = log.back(Mode.HYP, Mode.SVC, state(SVC, 0x8004, 3)).only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(known(2), call.vector().get(Register.R0));
        assertEquals(state(SVC, 0x8004, 3), call.after());
    }

    @Test
    void returnElsewhereRightAfterAGap_isBelieved() {
        Hypercall call = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .gap()
                .back(Mode.SVC, 0xc000)
                .only();
        assertOutcome(Outcome.RETURNED_ELSEWHERE, call);
    }

    @Test
    void stepOutsideHypAfterAGap_isNotChained() {
        Hypercall call = calledFromSvc().gap().step(SVC, 0xc000, NOP).only();
        assertOutcome(Outcome.NEVER_RETURNED, call);
        assertTrue(call.after().isEmpty());
    }

    @Test
    void exceptionReturnAfterAGapAndSteps_isBelievedOnlyIfItIsToTheCaller() {
        Recorded missing = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .gap()
                .step(HYP, 0x901c, ERET);
        assertOutcome(Outcome.RETURNED, missing.back(Mode.SVC, 0x8004).only());
        Recorded elsewhere = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .gap()
                .step(HYP, 0x901c, ERET);
        Hypercall call = elsewhere.back(Mode.SVC, 0xc000).only();
        assertOutcome(Outcome.NEVER_RETURNED, call);
        assertTrue(call.after().isEmpty());
    }

    /** A hypervisor that is interrupted within a hypercall can have its caller make it again. */
    @Test
    void exceptionReturnToTheHvcItself_isBelievedInTheCallersModeWhateverIsMissing() {
        Hypercall again = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .gap()
                .step(HYP, 0x901c, ERET)
                .back(Mode.HYP, Mode.SVC, state(SVC, 0x8000, 3))
                .only();
        assertOutcome(Outcome.RETURNED_ELSEWHERE, again);
        assertEquals(state(SVC, 0x8000, 3), again.after());
        Hypercall otherMode = new Recorded()
                .step(SVC, 0x8000, HVC_0)
                .entry(Mode.SVC, NOTHING)
                .gap()
                .step(HYP, 0x901c, ERET)
                .back(Mode.IRQ, 0x8000)
                .only();
        assertOutcome(Outcome.NEVER_RETURNED, otherMode);
    }

    @Test
    void stepAtTheHvcAfterAGap_isNoReturnOfTheCallBefore() {
        Hypercall call = calledFromSvc().gap().step(SVC, 0x8000, HVC_0).only();
        assertOutcome(Outcome.NEVER_RETURNED, call);
    }

    @Test
    void firstHypStepThatIsNotTheVector_givesNoVectorState() {
        Hypercall call = new Recorded()
                .step(SVC, 0x415a_d1d0, HVC_0)
                .entry(Mode.SVC, HSR_ONLY)
                .step(HYP, 0x415a_d19c, NOP)
                .back(Mode.SVC, 0x415a_d1d4)
                .only();
        assertOutcome(Outcome.RETURNED, call);
        assertEquals(Value.UNKNOWN, call.vector().get(Register.R0));
        assertEquals(Value.UNKNOWN, call.vector().get(Register.HVBAR));
        assertEquals(
                derived(0x415a_d1d4, DerivationRule.ELR_FROM_HVC_ADDRESS),
                call.vector().get(Register.ELR_HYP));
    }

    @Test
    void recordedHvbar_decidesWhetherAStepIsTheVector() {
        State before =
                state(SVC, 0x8000, 0).toBuilder().known(Register.HVBAR, 0xa000).build();
        Hypercall call = new Recorded()
                .step(0x8000, Instruction.a32(HVC_0), before)
                .entry(Mode.SVC, NOTHING)
                .step(HYP, 0x9014, NOP)
                .only();
        assertEquals(Value.UNKNOWN, call.vector().get(Register.PC));
    }

    @Test
    void processorsInterleaved_areKeptApart() {
        List<Hypercall> calls = new Recorded()
                .cpu(0)
                .step(SVC, 0x8000, HVC_0)
                .cpu(1)
                .step(SVC, 0xa000, HVC_1234)
                .cpu(0)
                .entry(Mode.SVC, NOTHING)
                .cpu(1)
                .entry(Mode.SVC, NOTHING)
                .step(HYP, 0x9014, ERET)
                .cpu(0)
                .step(HYP, 0x9014, ERET)
                .cpu(1)
                .back(Mode.SVC, 0xa004)
                .step(SVC, 0xa004, NOP)
                .cpu(0)
                .gap()
                .back(Mode.SVC, 0x8004)
                .end();
        assertEquals(2, calls.size());
        assertEquals(1, calls.get(0).cpu());
        assertEquals(1, calls.get(0).number());
        assertEquals(OptionalInt.of(0xa000), calls.get(0).site());
        assertEquals(0, calls.get(1).cpu());
        assertEquals(2, calls.get(1).number());
        assertOutcome(Outcome.RETURNED, calls.get(0));
        assertOutcome(Outcome.RETURNED, calls.get(1));
    }

    @Test
    void moreProcessorsThanThereAre_areBounded() {
        Recorded log = new Recorded();
        for (int cpu = 0; cpu < 1000; cpu++) {
            log.cpu(cpu).entry(Mode.SVC, HSR_ONLY);
        }
        assertEquals(1000 - 256, log.soFar().size());
        assertEquals(1000, log.end().size());
    }
}
