package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;

/**
 * The hypercalls of one processor: a stack of those that are open, because a handler can execute HVC itself.
 *
 * <p>A call that has ended by an exception return waits for one more event: when the next step is where the return went, its
 * registers belong to the state after the call.
 */
final class ProcessorCalls {
    /** An outer call beyond this depth is given up: nothing that works nests so deep. */
    private static final int MAX_DEPTH = 16;

    private final LongToIntFunction numbers;
    private final Consumer<Hypercall> consumer;
    /** The open calls, the innermost last. */
    private final List<OpenCall> open = new ArrayList<>(2);

    /** The last event, if it is a step that can have been an HVC: its instruction is one or was not recorded. */
    private Event.Step hvc;

    private boolean isHvcForSure;
    private long hvcIndex;
    private long hvcEvent;
    private boolean afterGap;
    private Return pending;

    /** An exception return, with the calls that it ends. */
    private record Return(List<OpenCall> calls, State after, Optional<Mode> to) {}

    /**
     * @param numbers gives a call its number, for the number of its first event
     * @param consumer takes the calls that have ended
     */
    ProcessorCalls(LongToIntFunction numbers, Consumer<Hypercall> consumer) {
        this.numbers = numbers;
        this.consumer = consumer;
    }

    /** Whether nothing is remembered, so that this object can be forgotten, too. */
    boolean isIdle() {
        return hvc == null && !hasUnfinished();
    }

    private boolean hasUnfinished() {
        return !open.isEmpty() || pending != null || afterGap;
    }

    /**
     * @param index the number of the step among all steps, from 0
     * @param event its number among all events
     */
    void step(Event.Step step, long index, long event) {
        if (isHvcForSure || hasUnfinished()) {
            follow(step, index);
        }
        isHvcForSure = step.instruction().filter(Instruction::isHvc).isPresent();
        hvc = isHvcForSure || step.instruction().isEmpty() ? step : null;
        hvcIndex = index;
        hvcEvent = event;
    }

    private void follow(Event.Step step, long index) {
        State here = CallStates.at(step.address(), step.before());
        settle(here);
        breakAfterGap();
        if (isHvcForSure && isAnswered(step)) {
            open(answered(step.cpu()));
        }
        Optional<Mode> mode = here.mode();
        if (mode.equals(Optional.of(Mode.MON))) {
            return;
        }
        endAt(step.address(), here, mode);
        if (!open.isEmpty()) {
            confirm();
            innermost().executed(step, index);
        }
    }

    /** Ends the calls that a step here shows to be over. */
    private void endAt(int address, State here, Optional<Mode> mode) {
        if (open.isEmpty()) {
            return;
        }
        if (isBelowHyp(mode)) {
            leftBetweenSteps(here, mode);
        } else if (innermost().isReturnAddress(address)) {
            if (innermost().isFromHyp()) {
                end(List.of(innermost()), here, mode);
            } else if (mode.isEmpty()) {
                end(open, here, mode);
            }
        }
    }

    /** Without exception events: whether this step can only be the vector of the HVC before it. */
    private boolean isAnswered(Event.Step step) {
        Optional<Mode> from = hvc.before().mode();
        Optional<Mode> to = step.before().mode();
        boolean changed = step.address() != hvc.address() + 4 || to.isPresent() && from.isPresent() && !from.equals(to);
        return changed
                && to.orElse(Mode.HYP) == Mode.HYP
                && answered(step.cpu()).isVector(step.address());
    }

    private OpenCall answered(int cpu) {
        return new OpenCall(cpu, hvc, hvcIndex, hvcEvent, Optional.empty(), State.unknown());
    }

    /** A step outside Hyp mode after one in it: how the source shows a return if it has no event for it. */
    private void leftBetweenSteps(State here, Optional<Mode> mode) {
        if (!innermost().isConfirmed() && !innermost().hasRecordedVector()) {
            open.remove(open.size() - 1); // The exception was answered without entering Hyp mode.
        }
        end(open, here, mode);
    }

    void entry(Event.ExceptionEntry entry, long event) {
        settle(State.unknown());
        Event.Step caller = hvc;
        forgetStep();
        breakAfterGap();
        if (isHypercall(entry)) {
            Event.Step call = matching(caller, entry);
            long first = call == null ? event : hvcEvent;
            open(new OpenCall(entry.cpu(), call, hvcIndex, first, entry.from(), entry.atVector()));
        } else if (isBelowHyp(entry.from())) {
            breakOff();
        } else if (!open.isEmpty()) {
            confirm();
            innermost().interrupted();
        }
    }

    private void forgetStep() {
        hvc = null;
        isHvcForSure = false;
    }

    private static boolean isBelowHyp(Optional<Mode> mode) {
        return mode.isPresent() && mode.get() != Mode.HYP && mode.get() != Mode.MON;
    }

    private static boolean isHypercall(Event.ExceptionEntry entry) {
        if (entry.to().isPresent() && entry.to().get() != Mode.HYP) {
            return false;
        }
        return switch (entry.kind()) {
            case HYPERVISOR_CALL -> true;
            case HYP_TRAP, UNKNOWN ->
                entry.to().isPresent()
                        && CallStates.immediateOf(entry.atVector()).isPresent();
            default -> false;
        };
    }

    /** The step, unless the recorded return address says that the HVC was another one. */
    private static Event.Step matching(Event.Step step, Event.ExceptionEntry entry) {
        OptionalInt elr = CallStates.word(entry.atVector(), Register.ELR_HYP);
        return step != null && elr.isPresent() && elr.getAsInt() != step.address() + 4 ? null : step;
    }

    void exceptionReturn(Event.ExceptionReturn event) {
        settle(State.unknown());
        forgetStep();
        afterGap = false;
        Optional<Mode> to = event.to().or(event.after()::mode);
        if (open.isEmpty() || event.from().equals(Optional.of(Mode.MON)) && to.equals(Optional.of(Mode.HYP))) {
            return;
        }
        confirm();
        OptionalInt pc = CallStates.word(event.after(), Register.PC);
        if (to.isEmpty() || isBelowHyp(to)) {
            pending = new Return(List.copyOf(open), event.after(), to);
        } else if (innermost().isFromHyp() && pc.isPresent() && innermost().isReturnAddress(pc.getAsInt())) {
            pending = new Return(List.of(innermost()), event.after(), to);
        } else {
            innermost().returnedWithinHyp();
        }
    }

    /** A snapshot shows a return as a step does, and can say that the call has entered a payload. */
    void snapshot(Event.Snapshot snapshot) {
        State here = snapshot.state();
        settle(here);
        boolean entersPayload = snapshot.reason().equals(Outcome.ENTERED_PAYLOAD.text());
        if (entersPayload && !open.isEmpty() && !afterGap && here.has(Register.PC)) {
            confirm();
            innermost().enterPayload(here);
            return;
        }
        Optional<Mode> mode = here.mode();
        if (!open.isEmpty() && !afterGap && here.has(Register.PC) && isBelowHyp(mode)) {
            leftBetweenSteps(here, mode);
        }
    }

    void gap() {
        settle(State.unknown());
        forgetStep();
        confirm();
        if (!open.isEmpty()) {
            innermost().loseSight();
        }
        afterGap = !open.isEmpty();
    }

    void finish() {
        settle(State.unknown());
        breakOff();
    }

    /** Ends the calls that wait for the state after them. */
    private void settle(State here) {
        if (pending == null) {
            return;
        }
        Return event = pending;
        pending = null;
        if (event.to().isEmpty() && here.mode().equals(Optional.of(Mode.HYP))) {
            innermost().returnedWithinHyp();
            return;
        }
        OptionalInt expected = CallStates.word(event.after(), Register.PC);
        OptionalInt found = CallStates.word(here, Register.PC);
        boolean agrees = found.isPresent() && (expected.isEmpty() || expected.equals(found));
        State after = agrees ? CallStates.merge(event.after(), here) : event.after();
        event.calls().forEach(call -> close(call, call.outcomeOfReturn(after, event.to()), after, event.to()));
    }

    private void end(List<OpenCall> calls, State after, Optional<Mode> to) {
        for (OpenCall call : List.copyOf(calls)) {
            close(call, call.outcomeAt(after, to), after, to);
        }
    }

    /** What follows does not continue the open calls. */
    private void breakOff() {
        confirm();
        for (OpenCall call : List.copyOf(open)) {
            close(call, call.outcomeAtEnd(), State.unknown(), Optional.empty());
        }
    }

    private void breakAfterGap() {
        if (afterGap) {
            open.forEach(OpenCall::brokenOff);
            afterGap = false;
        }
    }

    private void close(OpenCall call, Outcome outcome, State after, Optional<Mode> to) {
        int place = open.indexOf(call);
        if (place > 0) {
            open.get(place - 1).includes(call);
        }
        open.remove(call);
        consumer.accept(call.close(outcome, after, to));
    }

    private void open(OpenCall call) {
        if (!call.isFromHyp()) {
            breakOff(); // Hyp mode was left unseen.
        }
        confirm();
        if (!open.isEmpty()) {
            innermost().interrupted();
        }
        if (open.size() == MAX_DEPTH) {
            close(open.get(0), open.get(0).outcomeAtEnd(), State.unknown(), Optional.empty());
        }
        open.add(call);
    }

    /** Gives the innermost call its number, once it is certain that it is one. */
    private void confirm() {
        if (!open.isEmpty() && !innermost().isConfirmed()) {
            innermost().confirm(numbers.applyAsInt(innermost().firstEvent()));
        }
    }

    private OpenCall innermost() {
        return open.get(open.size() - 1);
    }
}
