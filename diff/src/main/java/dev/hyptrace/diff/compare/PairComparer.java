package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Compares two hypercalls that correspond: their states at the three points, and how they ended. */
public final class PairComparer {
    /** The name of the difference in how two calls ended. */
    public static final String OUTCOME = "outcome";
    /** The name of the difference in the HVC's immediate. */
    public static final String IMMEDIATE = "immediate";

    private static final int IMMEDIATE_WIDTH = 16;
    private static final Set<Outcome> LEFT_HYP_SOMEHOW =
            EnumSet.of(Outcome.RETURNED, Outcome.RETURNED_ELSEWHERE, Outcome.LEFT_HYP);

    private final StateComparer states;

    public PairComparer(StateComparer states) {
        this.states = states;
    }

    /** Compares at one point. There is no state to compare at the return of a call that never returned. */
    public void compare(Point point, Hypercall left, Hypercall right, FieldSink sink) {
        switch (point) {
            case CALL -> {
                states.comparePoint(point, atCall(left), atCall(right), sink);
                immediate(left, right, sink);
            }
            case VECTOR -> states.comparePoint(point, left.vector(), right.vector(), sink);
            case RETURN -> {
                if (left.outcome() != Outcome.NEVER_RETURNED && right.outcome() != Outcome.NEVER_RETURNED) {
                    states.comparePoint(point, left.after(), right.after(), sink);
                }
                outcome(left, right, sink);
            }
            case STEP -> throw new IllegalArgumentException("a hypercall has no point \"step\"");
        }
    }

    private static State atCall(Hypercall call) {
        return call.site().isEmpty() || call.call().has(Register.PC)
                ? call.call()
                : call.call().toBuilder()
                        .known(Register.PC, call.site().getAsInt())
                        .build();
    }

    /** Where HSR was recorded it says the same, and is compared itself. */
    private static void immediate(Hypercall left, Hypercall right, FieldSink sink) {
        boolean inSyndrome =
                left.vector().isKnown(Register.HSR) && right.vector().isKnown(Register.HSR);
        if (!inSyndrome
                && left.immediate().isPresent()
                && right.immediate().isPresent()
                && !left.immediate().equals(right.immediate())) {
            sink.differ(new Difference(
                    Point.CALL,
                    Kind.REGISTER,
                    IMMEDIATE,
                    Optional.empty(),
                    immediate(left.immediate()),
                    immediate(right.immediate()),
                    Severity.DIVERGENCE));
        }
    }

    private static Reading immediate(OptionalInt value) {
        return Reading.known(value.getAsInt(), IMMEDIATE_WIDTH);
    }

    private static void outcome(Hypercall left, Hypercall right, FieldSink sink) {
        boolean unclear = (left.outcome() == Outcome.LEFT_HYP || right.outcome() == Outcome.LEFT_HYP)
                && LEFT_HYP_SOMEHOW.contains(left.outcome())
                && LEFT_HYP_SOMEHOW.contains(right.outcome());
        if (left.outcome() != right.outcome() && !unclear) {
            sink.differ(new Difference(
                    Point.RETURN,
                    Kind.MODE,
                    OUTCOME,
                    Optional.empty(),
                    Reading.words(left.outcome().text()),
                    Reading.words(right.outcome().text()),
                    Severity.DIVERGENCE));
        }
    }
}
