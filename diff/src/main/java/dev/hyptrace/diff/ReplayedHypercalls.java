package dev.hyptrace.diff;

import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hypercalls of a recording beside those of its replay, for the table: the same events, once with the recorded states and
 * once with the predicted ones.
 */
final class ReplayedHypercalls {
    /** How many calls wait for what is still to be found out about them. */
    private static final int LAG = 64;

    private final Map<Integer, Hypercall> recorded = new TreeMap<>();
    private final Map<Integer, Hypercall> predicted = new HashMap<>();
    private final HypercallAssembler left = new HypercallAssembler(call -> recorded.put(call.number(), call));
    private final HypercallAssembler right = new HypercallAssembler(call -> predicted.put(call.number(), call));
    private final Map<Integer, Integer> divergences = new HashMap<>();
    private final HypercallTable table = new HypercallTable();

    /** How many hypercalls have begun. */
    int begun() {
        return left.begun();
    }

    void accept(ReplayedEvent replayed) {
        left.accept(replayed.recorded());
        right.accept(predicted(replayed));
        if (recorded.size() > LAG) {
            drain();
        }
    }

    /** A divergence was found in the hypercall with this number; 0 for none. */
    void diverged(int hypercall) {
        if (hypercall > 0 && divergences.size() <= HypercallTable.MAX_ROWS) {
            divergences.merge(hypercall, 1, Integer::sum);
        }
    }

    void finish() {
        left.finish();
        right.finish();
        drain();
        predicted.clear();
    }

    HypercallTable table() {
        return table;
    }

    private void drain() {
        recorded.forEach((number, call) -> table.add(
                Optional.of(call),
                Optional.ofNullable(predicted.remove(number)),
                Optional.ofNullable(divergences.remove(number)).orElse(0)));
        recorded.clear();
    }

    private static Event predicted(ReplayedEvent replayed) {
        State state = replayed.predicted().orElse(State.unknown());
        Event event = replayed.recorded();
        if (event instanceof Event.Step step) {
            return new Event.Step(step.cpu(), step.address(), step.instruction(), state, step.accesses());
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return new Event.ExceptionEntry(entry.cpu(), entry.kind(), entry.from(), entry.to(), state);
        }
        if (event instanceof Event.ExceptionReturn exceptionReturn) {
            return new Event.ExceptionReturn(
                    exceptionReturn.cpu(), exceptionReturn.from(), exceptionReturn.to(), state);
        }
        return event;
    }
}
