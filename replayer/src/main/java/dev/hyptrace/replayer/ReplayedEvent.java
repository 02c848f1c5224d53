package dev.hyptrace.replayer;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/**
 * One event of a recording beside what the emulator made of it.
 *
 * @param recorded the event as recorded
 * @param stepIndex the index of the last {@link Event.Step} up to and including this event, from 0; -1 before the first
 * @param predicted what the emulator, set to the recorded state of the event before, says the state is here: known where
 *     it follows from what was recorded, unknown where it does not (a load from memory never seen, a register never
 *     recorded). Empty where nothing could be predicted: at the first event and after a gap
 * @param unsynchronised when the event before diverged: what the emulator says if it keeps its own state there and does
 *     not take over the recorded one. A recorded value that equals this one follows from the recording having been wrong at
 *     that one moment
 * @param cause why the emulator could be expected to differ here, where it knows one
 */
public record ReplayedEvent(
        Event recorded,
        long stepIndex,
        Optional<State> predicted,
        Optional<State> unsynchronised,
        Optional<Cause> cause) {

    /**
     * A reason that the emulator knows for differing from the recording.
     *
     * @param kind the class
     * @param text one sentence, with the source of the fact
     */
    public record Cause(Kind kind, String text) {}

    /** The classes of cause. */
    public enum Kind {
        /** The manual calls it UNPREDICTABLE. */
        UNPREDICTABLE,
        /** The manual leaves it to the implementation. */
        IMPLEMENTATION_DEFINED,
        /** A known deviation of the source (QEMU, a board's debug logic) from the manual. */
        SOURCE_DEVIATION,
        /** The emulator does not model it. */
        NOT_MODELLED
    }
}
