package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An exception or a return of which it is still open where it leads. */
public abstract class Pending {
    /** Notes of what was listed in the meantime. */
    private final List<Event.Note> notes = new ArrayList<>();

    /**
     * The event, once the next address is known or nothing more can tell it.
     *
     * @param now the context at that address
     */
    public abstract Event event(int cpu, OptionalInt address, TraceContext now);

    /** Whether the instruction that it is made by is still to come. */
    public boolean isAhead() {
        return false;
    }

    /** The instruction has come. */
    public void passed() {}

    /** What follows the event. */
    public List<Event.Note> notes() {
        return notes;
    }

    private static State at(OptionalInt address, OptionalInt returnAddress, Optional<Mode> mode) {
        State.Builder state = State.builder();
        address.ifPresent(pc -> state.known(Register.PC, pc));
        if (mode.equals(Optional.of(Mode.HYP))) {
            returnAddress.ifPresent(elr -> state.known(Register.ELR_HYP, elr));
        }
        return state.build();
    }

    /** An exception that was taken. */
    public static final class Entry extends Pending {
        private final ExceptionNumber number;
        private final ExceptionKind kind;
        private final Optional<Mode> from;
        private final OptionalInt returnAddress;

        /** @param returnAddress the preferred return address, where the source gives it */
        public Entry(ExceptionNumber number, ExceptionKind kind, Optional<Mode> from, OptionalInt returnAddress) {
            this.number = number;
            this.kind = kind;
            this.from = number == ExceptionNumber.RESET ? Optional.empty() : from;
            this.returnAddress = returnAddress;
        }

        @Override
        public Event event(int cpu, OptionalInt address, TraceContext now) {
            Optional<Mode> to = number.mode(now);
            OptionalInt vector = number == ExceptionNumber.DEBUG_HALT ? OptionalInt.empty() : address;
            return new Event.ExceptionEntry(cpu, kind, from, to, at(vector, returnAddress, to));
        }
    }

    /** A return from an exception. */
    public static final class Return extends Pending {
        private final Optional<Mode> from;
        private boolean ahead;

        /** @param ahead whether the instruction that returns is still to come */
        public Return(Optional<Mode> from, boolean ahead) {
            this.from = from;
            this.ahead = ahead;
        }

        @Override
        public boolean isAhead() {
            return ahead;
        }

        @Override
        public void passed() {
            ahead = false;
        }

        @Override
        public Event event(int cpu, OptionalInt address, TraceContext now) {
            return new Event.ExceptionReturn(cpu, from, now.mode(), at(address, OptionalInt.empty(), Optional.empty()));
        }
    }
}
