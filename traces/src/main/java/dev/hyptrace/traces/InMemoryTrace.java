package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.util.Iterator;
import java.util.List;

/** A trace whose events are held in memory. */
public record InMemoryTrace(String name, TraceHeader header, List<Event> list) implements Trace {
    public InMemoryTrace {
        list = List.copyOf(list);
    }

    @Override
    public EventReader events() {
        Iterator<Event> iterator = list.iterator();
        return new EventReader() {
            @Override
            public Event next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
