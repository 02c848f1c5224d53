package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.util.List;

/** Where events go, and how many went. */
final class EventLog {
    private final EventSink sink;
    private long steps;
    private boolean afterGap;
    private boolean afterState;

    EventLog(EventSink sink) {
        this.sink = sink;
    }

    void step(Stop stop) throws IOException {
        steps++;
        accept(new Event.Step(stop.cpu(), stop.pc(), stop.instruction(), stop.state(), List.of()));
    }

    /** The target runs freely from here. Two gaps with nothing between them are one. */
    void gap(int cpu, String reason) throws IOException {
        if (!afterGap) {
            accept(new Event.Gap(cpu, reason));
        }
        afterGap = true;
    }

    void accept(Event event) throws IOException {
        sink.accept(event);
        afterGap = false;
        afterState = !(event instanceof Event.Step) && !(event instanceof Event.Gap);
    }

    long steps() {
        return steps;
    }

    /** Whether the last event says in what state the target is. */
    boolean endsInState() {
        return afterState;
    }
}
