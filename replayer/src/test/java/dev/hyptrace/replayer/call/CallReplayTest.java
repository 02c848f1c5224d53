package dev.hyptrace.replayer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallReplayTest {
    private static final int SVC = 0x6000_01d3;
    private static final int HYP = 0x6000_01da;
    private static final int VECTOR = 0x8000_0114;

    private static State.Builder core(int pc, int cpsr) {
        Mode mode = Mode.ofStatus(cpsr).orElseThrow();
        State.Builder builder = State.builder().known(Register.PC, pc).known(Register.CPSR, cpsr);
        for (int n = 0; n < 15; n++) {
            builder.known(mode.coreRegister(n), 0x11 * n);
        }
        return builder;
    }

    /** A call to a handler of which the recording shows these instructions, one after the other from the vector on. */
    private static InMemoryTrace recording(State call, int... handler) {
        List<Event> events = new ArrayList<>();
        events.add(new Event.Step(0, 0x8000_1000, Instruction.a32(0xe140_0070), call));
        State vector = core(VECTOR, HYP).build();
        events.add(new Event.ExceptionEntry(
                0, ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.HYP), vector));
        for (int i = 0; i < handler.length; i++) {
            State before = core(VECTOR + 4 * i, HYP).build();
            events.add(new Event.Step(0, VECTOR + 4 * i, Instruction.a32(handler[i]), before));
        }
        State after = core(0x8000_1004, SVC).build();
        events.add(new Event.ExceptionReturn(0, Optional.of(Mode.HYP), Optional.of(Mode.SVC), after));
        return new InMemoryTrace("test", TraceHeader.of("test"), events);
    }

    private static State call() {
        return core(0x8000_1000, SVC).known(Register.HVBAR, 0x8000_0100).build();
    }

    private static List<Hypercall> replay(InMemoryTrace trace) throws IOException, BootImageException {
        CallReplay replay = new CallReplay(trace, Optional.empty());
        List<Event> events = new ArrayList<>();
        for (Hypercall hypercall : Hypercalls.of(trace)) {
            assertEquals(Optional.empty(), replay.replay(hypercall, events::add));
        }
        return Hypercalls.of(new InMemoryTrace("replayed", TraceHeader.of("test"), events));
    }

    @Test
    void handlerFromTheRecording_isExecutedOnTheRecordedState() throws IOException, BootImageException {
        // mov r0, #7; mcr p15, 4, r1, c12, c0, 0 (HVBAR := r1); eret
        Hypercall made =
                replay(recording(call(), 0xe3a0_0007, 0xee8c_1f10, 0xe160_006e)).get(0);

        assertEquals(Hypercall.Outcome.RETURNED, made.outcome());
        assertEquals(VECTOR, (int) made.vector().require(Register.PC));
        assertEquals(0x4a00_0000, made.vector().require(Register.HSR));
        assertEquals(7, made.after().require(Register.R0));
        assertEquals(0x11, made.after().require(Register.R1));
        assertEquals(0x8000_1004, (int) made.after().require(Register.PC));
        assertEquals(SVC, (int) made.after().require(Register.CPSR));
        assertEquals(0, made.after().require(Register.HVBAR));
    }

    @Test
    void handlerThatLeavesTheRecordedCode_isNotFollowed() throws IOException, BootImageException {
        // b . + 0x100
        Hypercall made = replay(recording(call(), 0xea00_003e)).get(0);

        assertEquals(Hypercall.Outcome.NEVER_RETURNED, made.outcome());
    }

    @Test
    void callWithoutHvbar_saysWhyItCannotBeMade() throws IOException, BootImageException {
        InMemoryTrace trace = recording(core(0x8000_1000, SVC).build(), 0xe160_006e);
        Hypercall hypercall = Hypercalls.of(trace).get(0);
        Hypercall bare = new Hypercall(
                1,
                0,
                hypercall.site(),
                hypercall.immediate(),
                core(0x8000_1000, SVC).build(),
                State.unknown(),
                State.unknown(),
                Hypercall.Outcome.NEVER_RETURNED,
                hypercall.payload(),
                hypercall.departure(),
                hypercall.callStep(),
                hypercall.lastStep());

        assertEquals(
                Optional.of("the recording does not hold HVBAR"),
                new CallReplay(trace, Optional.empty()).replay(bare, event -> {}));
    }

    @Test
    void callFromUserMode_saysThatHvcIsUndefined() throws IOException, BootImageException {
        InMemoryTrace trace = recording(
                core(0x8000_1000, 0x6000_0110)
                        .known(Register.HVBAR, 0x8000_0100)
                        .build(),
                0xe160_006e);

        assertEquals(
                Optional.of("HVC is UNDEFINED in User mode, which CPSR at the HVC shows"),
                new CallReplay(trace, Optional.empty())
                        .replay(Hypercalls.of(trace).get(0), event -> {}));
    }
}
