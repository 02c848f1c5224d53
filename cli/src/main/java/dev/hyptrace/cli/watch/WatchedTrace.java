package dev.hyptrace.cli.watch;

import dev.hyptrace.cli.console.Meter;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A recording whose reading is watched. */
final class WatchedTrace implements Trace {
    private static final int LOOK = 0xff;

    private final HtrTrace trace;
    private final Watch watch;
    private long cutAt = -1;

    WatchedTrace(HtrTrace trace, Watch watch) {
        this.trace = trace;
        this.watch = watch;
    }

    /** Whether a reader ended early. */
    boolean isCut() {
        return cutAt >= 0;
    }

    /** How much was read of what. */
    String amount() {
        long total = trace.eventCount();
        String all = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
        return String.format(Locale.ROOT, "%,d%s events", cutAt, all);
    }

    @Override
    public String name() {
        return trace.name();
    }

    @Override
    public TraceHeader header() {
        return trace.header();
    }

    @Override
    public EventReader events() {
        return new Reader(trace.events());
    }

    @Override
    public List<Damage> damage() {
        return trace.damage();
    }

    @Override
    public void close() throws IOException {
        trace.close();
    }

    /** Counts what it reads. */
    private final class Reader implements EventReader {
        private final EventReader events;
        private final Meter meter = watch.progress().meter(trace.name(), Meter.Unit.EVENTS, trace::eventCount);
        private long read;

        Reader(EventReader events) {
            this.events = events;
        }

        @Override
        public Event next() throws IOException {
            if ((read & LOOK) == 0) {
                meter.at(read);
                if (watch.isInterrupted()) {
                    cutAt = cutAt < 0 ? read : Math.min(cutAt, read);
                    return null;
                }
            }
            Event event = events.next();
            read += event == null ? 0 : 1;
            return event;
        }

        @Override
        public void close() throws IOException {
            events.close();
        }
    }
}
