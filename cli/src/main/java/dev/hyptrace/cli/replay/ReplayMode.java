package dev.hyptrace.cli.replay;

import dev.hyptrace.cli.option.Choices;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;

/** How a recording is replayed: the values of {@code --mode}. */
public enum ReplayMode {
    /** Each recorded instruction by itself, on the state recorded before it. */
    STEP,
    /** Each recorded hypercall by itself, on the state recorded at its HVC. */
    CALL,
    /** The image from its first instruction. */
    RUN;

    /** How far into a recording to look for an instruction. */
    private static final int EVENTS = 10_000;

    /** The mode for a recording when none is asked for: by step if it holds instructions, else by call. */
    public static ReplayMode of(Trace trace) throws IOException {
        try (EventReader events = trace.events()) {
            Event event = events.next();
            for (int i = 0; i < EVENTS && event != null; i++) {
                if (event instanceof Event.Step step && step.instruction().isPresent()) {
                    return STEP;
                }
                event = events.next();
            }
        }
        return CALL;
    }

    @Override
    public String toString() {
        return Choices.name(this);
    }

    /** For picocli. */
    public static final class Converter extends Choices<ReplayMode> {
        public Converter() {
            super(ReplayMode.class);
        }
    }
}
