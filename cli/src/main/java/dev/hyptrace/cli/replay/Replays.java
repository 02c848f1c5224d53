package dev.hyptrace.cli.replay;

import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.cli.watch.Watch;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.replayer.call.CallReplay;
import dev.hyptrace.replayer.run.RunReplay;
import dev.hyptrace.replayer.step.StepReplay;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a recording of the replay of another one. */
public final class Replays {
    private final Trace trace;
    private final ReplayOptions options;
    private final Watch watch;
    private final SortedMap<Integer, String> skipped = new TreeMap<>();

    /** @param watch is shown how far the machine is that runs an image; the trace itself may be watched, too */
    public Replays(Trace trace, ReplayOptions options, Watch watch) {
        this.trace = trace;
        this.options = options;
        this.watch = watch;
    }

    /** Replays and gives the events to the sink. */
    public void replay(ReplayMode mode, EventSink sink) throws IOException {
        try {
            switch (mode) {
                case STEP -> steps(sink);
                case CALL -> calls(sink);
                case RUN -> run(new RunReplay(options.bootedMachine()), sink);
            }
        } catch (BootImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The hypercalls that could not be replayed, by number, each with the reason as one clause. */
    public SortedMap<Integer, String> skipped() {
        return skipped;
    }

    private void steps(EventSink sink) throws IOException {
        try (StepReplay replay = new StepReplay(trace)) {
            for (ReplayedEvent event = replay.next(); event != null; event = replay.next()) {
                sink.accept(predicted(event));
            }
        }
    }

    /** The recorded event with what the emulator says of the state. */
    private static Event predicted(ReplayedEvent replayed) {
        State state = replayed.predicted().orElse(State.unknown());
        Event event = replayed.recorded();
        if (event instanceof Event.Step step) {
            return new Event.Step(step.cpu(), step.address(), step.instruction(), state, step.accesses());
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return new Event.ExceptionEntry(entry.cpu(), entry.kind(), entry.from(), entry.to(), state);
        }
        if (event instanceof Event.ExceptionReturn left) {
            return new Event.ExceptionReturn(left.cpu(), left.from(), left.to(), state);
        }
        if (event instanceof Event.Snapshot snapshot) {
            return new Event.Snapshot(snapshot.cpu(), snapshot.reason(), state);
        }
        return event;
    }

    private void calls(EventSink sink) throws IOException, BootImageException {
        CallReplay replay = new CallReplay(trace, options.image());
        try (Hypercalls.Reader recorded = Hypercalls.reader(trace)) {
            for (Hypercall call = recorded.next(); call != null; call = recorded.next()) {
                int number = call.number();
                replay.replay(call, sink).ifPresent(why -> skipped.put(number, why));
            }
        }
    }

    /** Runs the image with another clock, and gives the events to the sink. */
    void run(OtherClock clock, EventSink sink) throws IOException {
        run(clock.replay(options.bootedMachine()), sink);
    }

    /** Runs until as many hypercalls have ended as were recorded. */
    private void run(RunReplay replay, EventSink sink) throws IOException {
        long hypercalls = count();
        Meter meter = watch.progress().meter(trace.name() + ", run", Meter.Unit.INSTRUCTIONS, () -> -1);
        replay.run(
                hypercalls,
                Long.MAX_VALUE,
                instructions -> {
                    meter.at(instructions);
                    watch.check();
                },
                sink);
    }

    private long count() throws IOException {
        long count = 0;
        try (Hypercalls.Reader recorded = Hypercalls.reader(trace)) {
            while (recorded.next() != null) {
                count++;
            }
        }
        return count;
    }
}
