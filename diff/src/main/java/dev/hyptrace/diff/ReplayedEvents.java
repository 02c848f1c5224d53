package dev.hyptrace.diff;

import dev.hyptrace.replayer.ReplayedEvent;
import java.io.IOException;

/** Gives out the events of a recording beside what the emulator made of them, such as {@code StepReplay::next}. */
@FunctionalInterface
public interface ReplayedEvents {
    /** The next event, or null after the last one. */
    ReplayedEvent next() throws IOException;
}
