package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import java.io.IOException;

/** Takes events in the order in which they happened. */
@FunctionalInterface
public interface EventSink {
    void accept(Event event) throws IOException;
}
