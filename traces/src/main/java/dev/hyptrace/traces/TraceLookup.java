package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers questions about any step of a recording without reading what is before it. Used by one thread.
 *
 * <p>Steps and events are numbered from 0. Where a part of the file is damaged that would have to be looked into, every method
 * throws a {@link TraceFormatException} that names it, and never answers as if it were not there.
 */
public interface TraceLookup {
    /** How many steps the recording has. */
    long steps();

    /**
     * What is known when a step begins.
     *
     * @return empty when there is no such step
     */
    Optional<Moment> at(long step) throws IOException;

    /**
     * What last wrote a register of the step's processor before the step.
     *
     * @param register any but PC, which every instruction writes
     * @return empty when the recording shows no write of it before the step
     */
    Optional<Found> previousWriter(long step, Register register) throws IOException;

    /** The next step on the step's processor, after it, whose instruction may read the register. */
    Optional<Found> nextReader(long step, Register register) throws IOException;

    /** The last step before this one that stored to the word of memory which holds the byte at this address. */
    Optional<Found> previousWriter(long step, int address) throws IOException;

    /** The next step after this one that loaded from the word of memory which holds the byte at this address. */
    Optional<Found> nextReader(long step, int address) throws IOException;

    /** Whether the recording has data accesses at all, in what of it can be found. */
    boolean hasAccesses() throws IOException;

    /**
     * What is known when a step begins.
     *
     * @param number of the step
     * @param event its number among all events
     * @param step the step, with what was recorded there and then
     * @param registers every register but PC that was recorded then or before, on its processor
     * @param lastGap the number of the event that is the last gap before it on its processor
     */
    record Moment(long number, long event, Event.Step step, Map<Register, Remembered> registers, OptionalLong lastGap) {
        public Moment {
            registers = Map.copyOf(registers);
        }

        /** The mode in CPSR as it was recorded last. */
        public Optional<Mode> mode() {
            Remembered status = registers.get(Register.CPSR);
            return status == null ? Optional.empty() : Mode.ofStatus(status.bits());
        }

        /** Whether a register was last recorded before something went missing, so that it may have another value by now. */
        public boolean isBeforeGap(Register register) {
            Remembered remembered = registers.get(register);
            return remembered != null && lastGap.isPresent() && remembered.event() < lastGap.getAsLong();
        }
    }

    /**
     * A register that was recorded.
     *
     * @param value as it was recorded last
     * @param event the number of the last event that did
     */
    record Remembered(Value value, long event) {
        /** The bits of the value, which is known or derived. */
        public long bits() {
            return value instanceof Value.Derived derived ? derived.bits() : ((Value.Known) value).bits();
        }
    }

    /** How something that was found has to do with what was sought. */
    enum Relation {
        /** It wrote, or stored to, what was sought. */
        WRITES,
        /** It reads, or loaded from, what was sought. */
        READS,
        /** It is the first to record another value; what wrote it lies between it and the last event that recorded it before. */
        SHOWS_CHANGE
    }

    /**
     * An event that was found.
     *
     * @param relation to what was sought
     * @param event its number among all events
     * @param step its number among the steps, or of the next step when it is none
     * @param what the event
     */
    record Found(Relation relation, long event, long step, Event what) {}
}
