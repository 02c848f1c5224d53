package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A hypercall whose end has not been seen: what is known of it, and where its handler has been. */
final class OpenCall {
    private static final long NO_STEP = -1;
    /**
     * A handler may go on elsewhere, as that of KVM does at its physical address, and leave for the payload from there by an
     * exception return: within this many instructions.
     */
    private static final int LONGEST_DETOUR = 64;

    private final int cpu;
    private final State call;
    private final OptionalInt hvcAddress;
    private final OptionalInt hvcImmediate;
    private final Optional<Mode> callerMode;
    private final long callStep;
    private final long firstEvent;
    private final VisitedCode visited = new VisitedCode();

    private int number;
    private long lastStep;
    private State vector;
    private boolean awaitsVector = true;
    private boolean brokenOff;
    private HandlerBranch previous = HandlerBranch.NONE;
    private Optional<Payload> payload = Optional.empty();
    /** How many instructions of the payload were executed, up to one more than a detour has, and the last one's index. */
    private int payloadSteps;

    private long payloadStep;
    /** Whether the last of them was an exception return, and where the one after it is. */
    private boolean payloadReturns;

    private int payloadNext;

    /** Whether it was in a payload when something went missing: only a return to the caller says that it was none. */
    private boolean lostInPayload;

    /** Code outside the handler that it branched to, in Hyp mode. */
    private record Payload(int address, State state, boolean called) {}

    /**
     * A call that was taken to its vector.
     *
     * @param hvc the step of the HVC; null when the recording lacks it
     * @param hvcIndex its index among the recording's steps
     * @param firstEvent the number of the first event that belongs to the call
     * @param fromMode the mode that the source says it was made from
     * @param atVector what the source says of the state at the vector
     */
    OpenCall(int cpu, Event.Step hvc, long hvcIndex, long firstEvent, Optional<Mode> fromMode, State atVector) {
        this.cpu = cpu;
        this.call = hvc == null ? State.unknown() : CallStates.at(hvc.address(), hvc.before());
        this.hvcAddress = hvc == null ? OptionalInt.empty() : OptionalInt.of(hvc.address());
        Optional<Instruction> instruction = hvc == null ? Optional.empty() : hvc.instruction();
        this.hvcImmediate = instruction.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(instruction.get().hvcImmediate());
        this.callStep = hvc == null ? NO_STEP : hvcIndex;
        this.lastStep = callStep;
        this.firstEvent = firstEvent;
        this.vector = atVector;
        this.callerMode = call.mode().or(() -> fromMode).or(() -> CallStates.savedMode(atVector));
    }

    /** Whether the recording has shown that Hyp mode was entered: without it this is not a call. */
    boolean isConfirmed() {
        return number != 0;
    }

    long firstEvent() {
        return firstEvent;
    }

    void confirm(int callNumber) {
        number = callNumber;
    }

    /** Whether the source itself recorded where the vector is. */
    boolean hasRecordedVector() {
        return vector.has(Register.PC);
    }

    boolean isFromHyp() {
        return callerMode.isPresent()
                ? callerMode.get() == Mode.HYP
                : slot().equals(OptionalInt.of(CallStates.SLOT_FROM_HYP));
    }

    /** The first instruction executed at the vector, or somewhere later in the handler if that one is missing. */
    void enteredAt(Event.Step step) {
        if (!awaitsVector) {
            return;
        }
        awaitsVector = false;
        if (isVector(step.address())) {
            vector = CallStates.merge(vector, CallStates.at(step.address(), step.before()));
        } else {
            brokenOff = true;
        }
    }

    /** Whether the address can be that of the vector which this call took. */
    boolean isVector(int address) {
        if (vector.has(Register.PC)) {
            return (int) vector.require(Register.PC) == address;
        }
        int offset = address & CallStates.VECTOR_TABLE_MASK;
        boolean slotFits = callerMode.isPresent()
                ? offset == (isFromHyp() ? CallStates.SLOT_FROM_HYP : CallStates.SLOT_FROM_BELOW)
                : offset == CallStates.SLOT_FROM_HYP || offset == CallStates.SLOT_FROM_BELOW;
        OptionalInt hvbar = CallStates.word(CallStates.merge(vector, call), Register.HVBAR);
        return slotFits && (hvbar.isEmpty() || (hvbar.getAsInt() & ~CallStates.VECTOR_TABLE_MASK) == address - offset);
    }

    /** An instruction executed in Hyp mode on behalf of this call. */
    void executed(Event.Step step, long index) {
        enteredAt(step);
        if (lostInPayload) {
            return;
        }
        if (payloadReturns && step.address() != payloadNext) {
            endDetour();
        }
        if (!brokenOff && leavesVisitedCode(step.address())) {
            boolean called = previous == HandlerBranch.CALL;
            payload = Optional.of(new Payload(step.address(), CallStates.at(step.address(), step.before()), called));
        }
        if (payload.isPresent()) {
            if (!visited.holds(step.address()) || isReturnAddress(step.address())) {
                followPayload(step, index);
                return;
            }
            leavePayload();
        }
        visited.visit(step.address());
        previous = HandlerBranch.of(step.instruction());
        lastStep = index;
    }

    /** The source itself says that other code was entered in Hyp mode, and in what state. */
    void enterPayload(State state) {
        awaitsVector = false;
        payload = Optional.of(new Payload((int) state.require(Register.PC), state, false));
    }

    private void followPayload(Event.Step step, long index) {
        payloadSteps = Math.min(payloadSteps, LONGEST_DETOUR) + 1;
        payloadStep = index;
        payloadReturns = HandlerBranch.isExceptionReturn(step.instruction());
        payloadNext = step.address() + step.instruction().map(Instruction::size).orElse(0);
    }

    /** What looked like a payload has returned from the exception, to go on in Hyp mode: it was the handler still. */
    private void endDetour() {
        payloadReturns = false;
        if (payload.isPresent() && !lostInPayload && payloadSteps > 0 && payloadSteps <= LONGEST_DETOUR) {
            lastStep = payloadStep;
            leavePayload();
            previous = HandlerBranch.JUMP;
        }
    }

    private void leavePayload() {
        payload = Optional.empty();
        payloadSteps = 0;
        payloadReturns = false;
    }

    private boolean leavesVisitedCode(int address) {
        return payload.isEmpty()
                && previous != HandlerBranch.NONE
                && (!visited.holds(address) || isReturnAddress(address));
    }

    /** Another exception was taken: the next instruction does not follow from the last one. */
    void interrupted() {
        awaitsVector = false;
        previous = HandlerBranch.NONE;
    }

    /** An exception return that stays in Hyp mode goes where ELR_hyp says. */
    void returnedWithinHyp() {
        awaitsVector = false;
        endDetour();
        previous = HandlerBranch.JUMP;
    }

    /** Something is missing: from here on, only a return to the very instruction after the HVC says anything. */
    void brokenOff() {
        awaitsVector = false;
        brokenOff = true;
    }

    /** Steps of a call made by this one's handler belong to this one, too. */
    void includes(OpenCall inner) {
        if (payload.isEmpty()) {
            lastStep = Math.max(lastStep, inner.lastStep);
        }
    }

    /** Something is missing from here on. */
    void loseSight() {
        lostInPayload |= payload.isPresent();
    }

    boolean isReturnAddress(int address) {
        OptionalInt site = site();
        return site.isPresent() && site.getAsInt() + 4 == address;
    }

    /**
     * The source says that Hyp mode returned: how that ends this call. As {@link #outcomeAt}, but a return to the HVC itself,
     * by which a handler has its caller make the call again, is believed whatever is missing before it.
     */
    Outcome outcomeOfReturn(State after, Optional<Mode> to) {
        OptionalInt pc = CallStates.word(after, Register.PC);
        boolean again = pc.isPresent() && pc.equals(site());
        boolean toCaller = callerMode.isPresent() && callerMode.equals(to.or(after::mode));
        return (brokenOff || lostInPayload) && again && toCaller ? Outcome.RETURNED_ELSEWHERE : outcomeAt(after, to);
    }

    /** Hyp mode was left, or a call from Hyp mode came back: how that ends this call. */
    Outcome outcomeAt(State after, Optional<Mode> to) {
        OptionalInt pc = CallStates.word(after, Register.PC);
        Optional<Mode> mode = to.or(after::mode);
        boolean otherMode = callerMode.isPresent() && mode.isPresent() && !callerMode.equals(mode);
        boolean comparable = pc.isPresent() && site().isPresent();
        boolean back = comparable && isReturnAddress(pc.getAsInt()) && !otherMode;
        if (back) {
            return brokenOff && (mode.isEmpty() || callerMode.isEmpty()) ? Outcome.NEVER_RETURNED : Outcome.RETURNED;
        }
        if (lostInPayload) {
            return Outcome.ENTERED_PAYLOAD;
        }
        if (brokenOff) {
            return Outcome.NEVER_RETURNED;
        }
        if (payload.isPresent() && !payload.get().called()) {
            return Outcome.ENTERED_PAYLOAD;
        }
        return comparable || otherMode ? Outcome.RETURNED_ELSEWHERE : Outcome.LEFT_HYP;
    }

    /** How this call stands when the recording ends or breaks off here. */
    Outcome outcomeAtEnd() {
        return payload.isPresent() ? Outcome.ENTERED_PAYLOAD : Outcome.NEVER_RETURNED;
    }

    /**
     * The finished call.
     *
     * @param after the state after Hyp mode was left; unknown where it was not
     * @param to the mode that it was left for
     */
    Hypercall close(Outcome outcome, State after, Optional<Mode> to) {
        boolean entered = outcome == Outcome.ENTERED_PAYLOAD;
        State completeCall = CallStates.completeCall(call, vector);
        State completeVector = CallStates.completeVector(vector, completeCall, site(), slot(), hvcImmediate);
        return new Hypercall(
                number,
                cpu,
                site(),
                immediate(),
                CallStates.completeCall(completeCall, completeVector),
                completeVector,
                entered ? payload.orElseThrow().state() : outcome == Outcome.NEVER_RETURNED ? State.unknown() : after,
                outcome,
                entered ? OptionalInt.of(payload.orElseThrow().address()) : OptionalInt.empty(),
                entered && !lostInPayload ? departure(after, to.or(after::mode)) : Optional.empty(),
                step(callStep),
                step(lastStep));
    }

    private static Optional<Departure> departure(State after, Optional<Mode> mode) {
        OptionalInt address = CallStates.word(after, Register.PC);
        return address.isPresent() || mode.isPresent() ? Optional.of(new Departure(address, mode)) : Optional.empty();
    }

    private static OptionalLong step(long index) {
        return index == NO_STEP ? OptionalLong.empty() : OptionalLong.of(index);
    }

    private OptionalInt site() {
        if (hvcAddress.isPresent()) {
            return hvcAddress;
        }
        OptionalInt elr = CallStates.word(vector, Register.ELR_HYP);
        return elr.isPresent() ? OptionalInt.of(elr.getAsInt() - 4) : elr;
    }

    private OptionalInt immediate() {
        return hvcImmediate.isPresent() ? hvcImmediate : CallStates.immediateOf(vector);
    }

    /** The offset of the vector taken: from the caller's mode, else from the vector's address. */
    private OptionalInt slot() {
        if (callerMode.isPresent()) {
            return OptionalInt.of(callerMode.get() == Mode.HYP ? CallStates.SLOT_FROM_HYP : CallStates.SLOT_FROM_BELOW);
        }
        OptionalInt pc = CallStates.word(vector, Register.PC);
        return pc.isPresent() ? OptionalInt.of(pc.getAsInt() & CallStates.VECTOR_TABLE_MASK) : pc;
    }
}
