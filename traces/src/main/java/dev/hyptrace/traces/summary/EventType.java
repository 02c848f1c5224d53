package dev.hyptrace.traces.summary;

import dev.hyptrace.traces.model.Event;

/** The kinds of events, in the order in which they are shown. */
public enum EventType {
    STEP("step"),
    EXCEPTION_ENTRY("exception entry"),
    EXCEPTION_RETURN("exception return"),
    SNAPSHOT("snapshot"),
    GAP("gap"),
    NOTE("note");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** What to call one of them. */
    public String text() {
        return text;
    }

    static EventType of(Event event) {
        if (event instanceof Event.Step) {
            return STEP;
        } else if (event instanceof Event.ExceptionEntry) {
            return EXCEPTION_ENTRY;
        } else if (event instanceof Event.ExceptionReturn) {
            return EXCEPTION_RETURN;
        } else if (event instanceof Event.Snapshot) {
            return SNAPSHOT;
        }
        return event instanceof Event.Gap ? GAP : NOTE;
    }
}
