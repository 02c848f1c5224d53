package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.derive.NextEntry;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The hypercalls of a trace as they are held against descriptions: HVBAR after each is completed from the vector that the
 * next one takes.
 *
 * @param calls the first ones, in order
 * @param isAll whether there are no more
 */
public record AnsweredCalls(List<Hypercall> calls, boolean isAll) {
    /** So many are kept in memory. */
    public static final int MOST = 20_000;

    public AnsweredCalls {
        calls = List.copyOf(calls);
    }

    /** Reads them. */
    public static AnsweredCalls of(Trace trace) throws IOException {
        List<Hypercall> calls = new ArrayList<>();
        try (Hypercalls.Reader reader = Hypercalls.reader(trace)) {
            NextEntry source = new NextEntry(reader::next);
            Hypercall call = source.next();
            while (call != null && calls.size() < MOST) {
                calls.add(call);
                call = source.next();
            }
            return new AnsweredCalls(calls, call == null);
        }
    }
}
