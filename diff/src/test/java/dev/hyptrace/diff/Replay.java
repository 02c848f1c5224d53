package dev.hyptrace.diff;

import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.replayer.ReplayedEvent.Cause;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A replayed recording made by hand: a MOV, an HVC, its handler, the return, and a loop of two instructions. The emulator
 * agrees with all of it until a test plants something.
 *
 * <pre>
 *   event  step
 *   0      0     40010800  mov r5, #0
 *   1      1     40010804  hvc #0
 *   2      1     exception entry
 *   3      2     40010254  mov r0, #0
 *   4      3     40010258  eret
 *   5      3     exception return
 *   6      4     40010808  add r5, r5, #1
 *   7      5     4001080c  b 40010808
 *   8      6     40010808  add r5, r5, #1
 *   9      7     4001080c  b 40010808
 * </pre>
 */
public final class Replay {
    private static final int SITE = 0x40010804;
    private static final int VECTOR = 0x40010254;

    private final List<ReplayedEvent> events = new ArrayList<>();
    private long step = -1;

    private Replay() {
        State svc = State.builder()
                .known(Register.R0, 2)
                .known(Register.R5, 9)
                .known(Register.SP_SVC, 0x5d0000b1)
                .known(Register.CPSR, Calls.SVC)
                .build();
        step(0x40010800, 0xe3a05000, svc);
        State called = svc.toBuilder().known(Register.R5, 0).build();
        step(SITE, 0xe1400070, called);
        State vector = called.toBuilder()
                .known(Register.CPSR, Calls.HYP)
                .known(Register.PC, VECTOR)
                .known(Register.HSR, 0x4a000000)
                .known(Register.ELR_HYP, SITE + 4)
                .known(Register.SPSR_HYP, Calls.SVC)
                .build();
        add(new Event.ExceptionEntry(
                0, ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.HYP), vector));
        step(VECTOR, 0xe3a00000, vector);
        State answered = vector.toBuilder().known(Register.R0, 0).build();
        step(VECTOR + 4, 0xe160006e, answered);
        State returned = called.toBuilder()
                .known(Register.R0, 0)
                .known(Register.PC, SITE + 4)
                .build();
        add(new Event.ExceptionReturn(0, Optional.of(Mode.HYP), Optional.of(Mode.SVC), returned));
        for (int i = 0; i < 2; i++) {
            step(
                    SITE + 4,
                    0xe2855001,
                    returned.toBuilder().known(Register.R5, i).build());
            step(
                    SITE + 8,
                    0xeafffffd,
                    returned.toBuilder().known(Register.R5, i + 1).build());
        }
    }

    public static Replay agreeing() {
        return new Replay();
    }

    private void step(int address, int encoding, State before) {
        step++;
        add(new Event.Step(
                0,
                address,
                Instruction.a32(encoding),
                before.toBuilder().known(Register.PC, address).build()));
    }

    private void add(Event event) {
        Optional<State> predicted = events.isEmpty() ? Optional.empty() : Optional.of(state(event));
        events.add(new ReplayedEvent(event, step, predicted, Optional.empty(), Optional.empty()));
    }

    private static State state(Event event) {
        if (event instanceof Event.Step step) {
            return step.before();
        }
        return event instanceof Event.ExceptionEntry entry ? entry.atVector() : ((Event.ExceptionReturn) event).after();
    }

    private static Event with(Event event, State state) {
        if (event instanceof Event.Step step) {
            return new Event.Step(0, step.address(), step.instruction(), state, step.accesses());
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return new Event.ExceptionEntry(0, entry.kind(), entry.from(), entry.to(), state);
        }
        Event.ExceptionReturn back = (Event.ExceptionReturn) event;
        return new Event.ExceptionReturn(0, back.from(), back.to(), state);
    }

    /** The emulator predicts something else at one event, and agrees afterwards because it takes the recording over. */
    public Replay predicting(int index, UnaryOperator<State> change) {
        ReplayedEvent event = events.get(index);
        events.set(
                index,
                new ReplayedEvent(
                        event.recorded(),
                        event.stepIndex(),
                        event.predicted().map(change),
                        event.unsynchronised(),
                        event.cause()));
        return this;
    }

    /** The replay knows a cause for differing at one event. */
    public Replay knowing(int index, Cause cause) {
        ReplayedEvent event = events.get(index);
        events.set(
                index,
                new ReplayedEvent(
                        event.recorded(),
                        event.stepIndex(),
                        event.predicted(),
                        event.unsynchronised(),
                        Optional.of(cause)));
        return this;
    }

    /**
     * The recording is off at one event only: the emulator says what was there before, takes the wrong value over, and differs
     * once more at the next event, where an emulator that kept its own value would agree.
     */
    public Replay offOnce(int index, UnaryOperator<State> change) {
        ReplayedEvent off = events.get(index);
        State truth = state(off.recorded());
        events.set(
                index,
                new ReplayedEvent(
                        with(off.recorded(), change.apply(truth)),
                        off.stepIndex(),
                        off.predicted(),
                        off.unsynchronised(),
                        off.cause()));
        ReplayedEvent next = events.get(index + 1);
        events.set(
                index + 1,
                new ReplayedEvent(
                        next.recorded(),
                        next.stepIndex(),
                        next.predicted().map(change),
                        Optional.of(state(next.recorded())),
                        next.cause()));
        return this;
    }

    public ReplayedEvents events() {
        Iterator<ReplayedEvent> iterator = events.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }
}
