package dev.hyptrace.recorder.qemu;

import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a recording gave. */
record Recorded(TraceHeader header, FollowSummary summary, List<Event> events) {
    /** Records a guest to its end, or to that of the options. */
    static Recorded of(QemuOptions options) throws IOException {
        List<Event> events = new ArrayList<>();
        try (QemuRecording recording = QemuRecording.start(options, QemuListener.NONE)) {
            FollowSummary summary = recording.record(events::add);
            return new Recorded(recording.header(), summary, events);
        }
    }

    List<Hypercall> hypercalls() {
        return hypercalls(events);
    }

    static List<Hypercall> hypercalls(List<Event> events) {
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        events.forEach(assembler::accept);
        assembler.finish();
        calls.sort(Comparator.comparingInt(Hypercall::number));
        return calls;
    }

    <T extends Event> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The addresses of the recorded steps. */
    List<Integer> path() {
        return all(Event.Step.class).stream().map(Event.Step::address).toList();
    }
}
