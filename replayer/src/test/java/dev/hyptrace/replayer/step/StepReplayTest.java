package dev.hyptrace.replayer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.replayer.ReplayedEvent.Kind;
import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StepReplayTest {
    private static final int SVC = 0x6000_01d3;
    private static final int HYP = 0x6000_01da;
    private static final int NOP = 0xe320_f000;

    /** A whole state in a mode: r0 = 0, r1 = 0x11, r2 = 0x22, ... */
    private static State state(int pc, int cpsr) {
        Mode mode = Mode.ofStatus(cpsr).orElseThrow();
        State.Builder builder = State.builder().known(Register.PC, pc).known(Register.CPSR, cpsr);
        for (int n = 0; n < 15; n++) {
            builder.known(mode.coreRegister(n), 0x11 * n);
        }
        return builder.build();
    }

    private static State with(State state, Register register, long value) {
        return state.toBuilder().known(register, value).build();
    }

    private static Event.Step step(int word, State before) {
        return new Event.Step(0, (int) before.require(Register.PC), Instruction.a32(word), before);
    }

    private static List<ReplayedEvent> replay(Event... events) throws IOException {
        InMemoryTrace trace = new InMemoryTrace("test", TraceHeader.of("test"), List.of(events));
        List<ReplayedEvent> list = new ArrayList<>();
        try (StepReplay replay = new StepReplay(trace)) {
            for (ReplayedEvent event = replay.next(); event != null; event = replay.next()) {
                list.add(event);
            }
        }
        return list;
    }

    @Test
    void firstStep_isNotPredicted() throws IOException {
        assertEquals(
                Optional.empty(), replay(step(NOP, state(0x1000, SVC))).get(0).predicted());
    }

    @Test
    void addedRegisters_arePredictedInTheNextStep() throws IOException {
        State next = with(state(0x1004, SVC), Register.R0, 0x33);

        State predicted = replay(step(0xe081_0002, state(0x1000, SVC)), step(NOP, next))
                .get(1)
                .predicted()
                .orElseThrow();

        assertEquals(next, predicted);
    }

    @Test
    void loadFromMemoryNeverSeen_leavesItsResultUnknownAndKnowsTheRest() throws IOException {
        State next = with(with(state(0x1004, SVC), Register.R0, 0xcafe), Register.R1, 0x15);

        State predicted = replay(step(0xe491_0004, state(0x1000, SVC)), step(NOP, next))
                .get(1)
                .predicted()
                .orElseThrow();

        assertFalse(predicted.has(Register.R0));
        assertEquals(0x15, predicted.require(Register.R1));
        assertEquals(0x1004, predicted.require(Register.PC));
        assertEquals(SVC, (int) predicted.require(Register.CPSR));
    }

    private static State floatingPoint(State state, long d0, long d1, int fpscr) {
        return with(with(with(state, Register.D0, d0), Register.D1, d1), Register.FPSCR, fpscr);
    }

    @Test
    void recordedExtensionRegisters_arePredictedInTheNextStep() throws IOException {
        long one = 0x3ff0_0000_0000_0000L;
        long third = 0x3fd5_5555_5555_5555L;
        long sum = 0x3ff5_5555_5555_5555L;
        State before = floatingPoint(state(0x1000, SVC), one, third, 0);
        State next = floatingPoint(state(0x1004, SVC), sum, third, 0x10);

        State predicted = replay(step(0xee30_0b01, before), step(NOP, next)) // vadd.f64 d0, d0, d1
                .get(1)
                .predicted()
                .orElseThrow();

        assertEquals(next, predicted);
    }

    @Test
    void extensionRegistersNotRecorded_areUnknownUntilWritten() throws IOException {
        State next = with(with(state(0x1004, SVC), Register.D0, 0), Register.D2, 0);
        State last = with(with(state(0x1008, SVC), Register.D3, 0), Register.D4, 0x22_0000_0011L);

        List<ReplayedEvent> events = replay(
                step(0xee30_0b01, state(0x1000, SVC)), // vadd.f64 d0, d0, d1
                step(0xec42_1b14, next), // vmov d4, r1, r2
                step(NOP, last));

        State predicted = events.get(1).predicted().orElseThrow();
        assertFalse(predicted.has(Register.D0));
        assertFalse(predicted.has(Register.D2));
        assertEquals(0x1004, predicted.require(Register.PC));
        State afterwards = events.get(2).predicted().orElseThrow();
        assertFalse(afterwards.has(Register.D3));
        assertEquals(0x22_0000_0011L, afterwards.require(Register.D4));
    }

    @Test
    void loadOfWhatWasStored_isPredicted() throws IOException {
        List<ReplayedEvent> events = replay(
                step(0xe581_2000, state(0x1000, SVC)), // str r2, [r1]
                step(0xe591_0000, state(0x1004, SVC)), // ldr r0, [r1]
                step(NOP, with(state(0x1008, SVC), Register.R0, 0x22)));

        assertEquals(0x22, events.get(2).predicted().orElseThrow().require(Register.R0));
    }

    @Test
    void memory_isForgottenAcrossAGap() throws IOException {
        List<ReplayedEvent> events = replay(
                step(0xe581_2000, state(0x1000, SVC)),
                new Event.Gap(0, "test"),
                step(0xe591_0000, state(0x1004, SVC)),
                step(NOP, with(state(0x1008, SVC), Register.R0, 0x22)));

        assertEquals(Optional.empty(), events.get(2).predicted());
        assertFalse(events.get(3).predicted().orElseThrow().has(Register.R0));
    }

    @Test
    void divergence_isFollowedByAPredictionFromTheRecordingAndOneFromTheEmulator() throws IOException {
        List<ReplayedEvent> events = replay(
                step(NOP, state(0x1000, SVC)),
                step(NOP, with(state(0x1004, SVC), Register.R3, 0xbad)),
                step(NOP, state(0x1008, SVC)));

        assertEquals(0x33, events.get(1).predicted().orElseThrow().require(Register.R3));
        assertEquals(0xbad, events.get(2).predicted().orElseThrow().require(Register.R3));
        assertEquals(0x33, events.get(2).unsynchronised().orElseThrow().require(Register.R3));
    }

    @Test
    void agreement_leavesNothingUnsynchronised() throws IOException {
        List<ReplayedEvent> events = replay(step(NOP, state(0x1000, SVC)), step(NOP, state(0x1004, SVC)));

        assertEquals(Optional.empty(), events.get(1).unsynchronised());
    }

    @Test
    void hvc_entersHypModeWithSyndromeReturnAddressAndSavedStatus() throws IOException {
        State vector = state(0x2014, HYP);
        State call = with(state(0x1000, SVC), Register.HVBAR, 0x2000);
        List<ReplayedEvent> events = replay(
                step(0xe140_0071, call),
                new Event.ExceptionEntry(
                        0, ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.HYP), vector));

        State predicted = events.get(1).predicted().orElseThrow();
        assertEquals(0x2014, predicted.require(Register.PC));
        assertEquals(HYP, (int) predicted.require(Register.CPSR));
        assertEquals(0x1004, predicted.require(Register.ELR_HYP));
        assertEquals(SVC, (int) predicted.require(Register.SPSR_HYP));
        assertEquals(0x4a00_0001, predicted.require(Register.HSR));
        assertEquals(0x11, predicted.require(Register.R1));
    }

    @Test
    void hvcWithUnknownHvbar_leavesTheVectorUnknownAndKnowsTheRest() throws IOException {
        List<ReplayedEvent> events = replay(
                step(0xe140_0070, state(0x1000, SVC)),
                new Event.ExceptionEntry(
                        0, ExceptionKind.HYPERVISOR_CALL, Optional.empty(), Optional.empty(), state(0x2014, HYP)));

        State predicted = events.get(1).predicted().orElseThrow();
        assertFalse(predicted.has(Register.PC));
        assertFalse(predicted.has(Register.HVBAR));
        assertFalse(predicted.has(Register.SP_HYP));
        assertEquals(HYP, (int) predicted.require(Register.CPSR));
        assertEquals(0x4a00_0000, predicted.require(Register.HSR));
    }

    @Test
    void interrupt_isDeliveredWhereTheRecordingHasIt() throws IOException {
        int unmasked = SVC & ~0x80;
        State vector = State.builder()
                .known(Register.PC, 0x18)
                .known(Register.CPSR, 0x6000_0192)
                .known(Register.LR_IRQ, 0x1008)
                .build();
        List<ReplayedEvent> events = replay(
                step(NOP, state(0x1000, unmasked)),
                new Event.ExceptionEntry(0, ExceptionKind.IRQ, Optional.empty(), Optional.empty(), vector));

        Optional<State> predicted = events.get(1).predicted();
        predicted.ifPresent(state ->
                assertTrue(!state.has(Register.LR_IRQ) || state.require(Register.LR_IRQ) == 0x1008, state::toString));
    }

    @Test
    void interruptAfterInstructionsThatWereNotLogged_isExplained() throws IOException {
        int unmasked = SVC & ~0x80;
        State vector =
                with(with(with(state(0x1004, HYP), Register.SP_HYP, 1), Register.R7, 0x1234), Register.PC, 0x9018);
        Event.ExceptionEntry entry =
                new Event.ExceptionEntry(0, ExceptionKind.IRQ, Optional.of(Mode.SVC), Optional.of(Mode.HYP), vector);
        State before = with(with(state(0x1000, unmasked), Register.HCR, 1 << 4), Register.SCR, 0x100);

        List<ReplayedEvent> events = replay(step(NOP, before), entry, step(NOP, with(vector, Register.R7, 0x1234)));

        assertEquals(Kind.SOURCE_DEVIATION, events.get(1).cause().orElseThrow().kind());
        assertEquals(Optional.empty(), events.get(2).predicted());
        assertEquals(Optional.empty(), events.get(2).cause());
    }

    @Test
    void stage2Abort_hasTheSyndromeOfItsInstructionAndAnUnknownAddress() throws IOException {
        long syndrome = 0x9382_0045L; // A write of r2, a word; a translation fault of level 1.
        State vector = with(state(0x9010, HYP), Register.HSR, syndrome);
        Event.ExceptionEntry entry = new Event.ExceptionEntry(
                0, ExceptionKind.DATA_ABORT, Optional.of(Mode.SVC), Optional.of(Mode.HYP), vector);
        int str = 0xe581_2000;
        int readHpfar = 0xee96_3f90;

        List<ReplayedEvent> events =
                replay(step(str, state(0x1000, SVC)), entry, step(readHpfar, vector), step(NOP, state(0x9014, HYP)));

        assertEquals(OptionalLong.of(syndrome), predicted(events.get(1), Register.HSR));
        assertEquals(OptionalLong.empty(), predicted(events.get(3), Register.R3));
        assertEquals(OptionalLong.of(0x22), predicted(events.get(3), Register.R2));
    }

    private static OptionalLong predicted(ReplayedEvent event, Register register) {
        return event.predicted().orElseThrow().bits(register);
    }

    @Test
    void unknownInstruction_breaksTheChain() throws IOException {
        Event.Step unknown = new Event.Step(0, 0x1000, Optional.empty(), state(0x1000, SVC), List.of());

        assertEquals(
                Optional.empty(),
                replay(unknown, step(NOP, state(0x1004, SVC))).get(1).predicted());
    }

    @Test
    void statusWithoutAMode_isNotExecuted() throws IOException {
        State broken = with(state(0x1000, SVC), Register.CPSR, 0x6000_01c0L);

        List<ReplayedEvent> events = replay(step(NOP, broken), step(NOP, state(0x1004, SVC)));

        assertEquals(Optional.empty(), events.get(1).predicted());
    }

    @Test
    void bankedStackPointer_isKnownAgainAfterAVisitToHyp() throws IOException {
        State call = with(state(0x1000, SVC), Register.HVBAR, 0x2000);
        List<ReplayedEvent> events = replay(
                step(0xe140_0070, call),
                step(0xe160_006e, state(0x2014, HYP)), // eret
                step(NOP, state(0x1004, SVC)));

        State predicted = events.get(2).predicted().orElseThrow();
        assertEquals(0x11 * 13, predicted.require(Register.SP_SVC));
        assertEquals(0x11 * 14, predicted.require(Register.LR_SVC));
        assertEquals(0x1004, predicted.require(Register.PC));
        assertEquals(SVC, (int) predicted.require(Register.CPSR));
    }

    @Test
    void spsrWrittenInAllFields_isKnownToTheExceptionReturn() throws IOException {
        State hyp = with(with(state(0x2000, HYP), Register.R0, SVC), Register.R1, 0x3000);
        List<ReplayedEvent> events = replay(
                step(0xe16f_f000, hyp), // msr spsr_fsxc, r0
                step(0xe12e_f301, with(hyp, Register.PC, 0x2004)), // msr elr_hyp, r1
                step(0xe160_006e, with(hyp, Register.PC, 0x2008)), // eret
                step(NOP, state(0x3000, SVC)));

        State predicted = events.get(3).predicted().orElseThrow();
        assertEquals(SVC, (int) predicted.require(Register.CPSR));
        assertEquals(0x3000, predicted.require(Register.PC));
        assertFalse(predicted.has(Register.SP_SVC));
        assertEquals(Optional.empty(), events.get(3).cause());
    }

    @Test
    void exceptionReturnWithUnknownSpsr_leavesTheStatusUnknown() throws IOException {
        List<ReplayedEvent> events = replay(
                step(0xe160_006e, state(0x2008, HYP)), // eret
                step(NOP, state(0x3000, SVC)));

        State predicted = events.get(1).predicted().orElseThrow();
        assertFalse(predicted.has(Register.CPSR));
        assertFalse(predicted.has(Register.PC));
        assertEquals(0x33, predicted.require(Register.R3));
    }
}
