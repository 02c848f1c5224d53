package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The hypercalls that have not returned yet: one, or more when a handler makes a hypercall in Hyp mode. */
final class PendingCalls {
    /** Handlers that call themselves without end must not fill the memory. */
    private static final int DEEPEST = 64;

    private static final int HVC_SIZE = 4;

    /** Where a hypercall will return to, as far as known, and the state at its vector. */
    private record Place(Optional<Integer> address, Optional<Mode> mode, State vector) {
        boolean mayBe(State state) {
            boolean here = address.isEmpty() || address.get() == (int) state.require(Register.PC);
            return here && (mode.isEmpty() || mode.equals(state.mode()));
        }

        /** Whether this caller, outside Hyp mode, is about to execute the HVC of this call. */
        boolean isAtCall(State state) {
            boolean here = address.isPresent() && address.get() - HVC_SIZE == (int) state.require(Register.PC);
            return here
                    && mode.isPresent()
                    && mode.get() != Mode.HYP
                    && state.bits(Register.CPSR).equals(vector.bits(Register.SPSR_HYP))
                    && isSame(mode.get().stackPointer(), state)
                    && isSame(mode.get().linkRegister(), state);
        }

        private boolean isSame(Register register, State state) {
            return !vector.has(register) || vector.bits(register).equals(state.bits(register));
        }
    }

    private final Deque<Place> places = new ArrayDeque<>();
    private final long patience;
    /** When the target was first left to itself with these calls pending, by {@link System#nanoTime}; 0 if it was not. */
    private long leftAlone;

    /** @param patience how long the return of a call is waited for while its handler is not single-stepped */
    PendingCalls(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** A hypercall has arrived at its vector. */
    void begin(State vector) {
        if (places.size() == DEEPEST) {
            places.removeFirst();
        }
        Optional<Integer> address = word(vector, Register.ELR_HYP);
        places.addLast(new Place(address, word(vector, Register.SPSR_HYP).flatMap(Mode::ofStatus), vector));
        leftAlone = 0;
    }

    private static Optional<Integer> word(State state, Register register) {
        return state.has(register) ? Optional.of((int) state.require(register)) : Optional.empty();
    }

    /** Hyp mode has returned: to Hyp mode itself, which ends the innermost call, or out of it, which ends them all. */
    void end(Event.ExceptionReturn event) {
        if (event.from().filter(Mode.HYP::equals).isEmpty() || places.isEmpty()) {
            return;
        }
        if (event.to().filter(Mode.HYP::equals).isEmpty()) {
            places.clear();
        } else if (places.peekLast().mayBe(event.after())) {
            places.removeLast();
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Where a breakpoint would notice a return. */
    Set<Integer> addresses() {
        Set<Integer> addresses = new TreeSet<>();
        places.forEach(place -> place.address().ifPresent(addresses::add));
        return addresses;
    }

    /**
     * Whether the target, having run freely, stands where the innermost call returns to: after its HVC, or at it, where a
     * hypervisor that was interrupted in its work has the call made again.
     */
    boolean isReturn(Stop stop) {
        Place innermost = places.peekLast();
        return innermost != null
                && innermost.address().isPresent()
                && (innermost.mayBe(stop.state()) || innermost.isAtCall(stop.state()));
    }

    /** The target is left to itself. */
    void leaveAlone() {
        leftAlone = leftAlone == 0 ? System.nanoTime() : leftAlone;
    }

    /** Whether there is nothing more to wait for: all have returned, or one has been waited for long enough. */
    boolean areSettled() {
        return places.isEmpty()
                || leftAlone != 0 && (addresses().isEmpty() || System.nanoTime() - leftAlone > patience);
    }
}
