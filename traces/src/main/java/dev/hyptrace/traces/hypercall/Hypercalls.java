package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The hypercalls of a trace, in the order in which they began. */
public final class Hypercalls {
    private Hypercalls() {}

    /** All hypercalls of the trace, by number, in memory: for traces of which one knows that they are not too many. */
    public static List<Hypercall> of(Trace trace) throws IOException {
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                assembler.accept(event);
            }
        }
        assembler.finish();
        calls.sort(Comparator.comparingInt(Hypercall::number));
        return List.copyOf(calls);
    }

    /** Reads the hypercalls of the trace one after the other, in bounded memory. */
    public static Reader reader(Trace trace) throws IOException {
        return new Reader(trace.events());
    }

    /**
     * Reads hypercalls by number. A call that has not ended holds back at most {@value #MAX_HELD} later ones; if it takes
     * longer, they come before it.
     */
    public static final class Reader implements Closeable {
        static final int MAX_HELD = 4096;

        private final EventReader events;
        private final PriorityQueue<Hypercall> held = new PriorityQueue<>(Comparator.comparingInt(Hypercall::number));
        private final HypercallAssembler assembler = new HypercallAssembler(held::add);
        private int nextNumber = 1;
        private boolean finished;

        private Reader(EventReader events) {
            this.events = events;
        }

        /** The next hypercall, or null after the last one. */
        public Hypercall next() throws IOException {
            while (!finished && !isReady()) {
                Event event = events.next();
                if (event == null) {
                    assembler.finish();
                    finished = true;
                } else {
                    assembler.accept(event);
                }
            }
            Hypercall call = held.poll();
            if (call != null) {
                nextNumber = Math.max(nextNumber, call.number() + 1);
            }
            return call;
        }

        private boolean isReady() {
            return !held.isEmpty() && (held.peek().number() <= nextNumber || held.size() > MAX_HELD);
        }

        @Override
        public void close() throws IOException {
            events.close();
        }
    }
}
