package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;

/** What follows from a call having ended another way, or having been answered by other code. */
final class OutcomeRules {
    private OutcomeRules() {}

    /** The states after the call are states at different places. */
    static Optional<Consequence> wentElsewhere(Difference difference, HypercallHistory history) {
        return history.inPair(Point.RETURN, PairComparer.OUTCOME)
                .filter(entry ->
                        difference.point() == Point.RETURN && HypercallRules.isApart(history.left(), history.right()))
                .map(entry -> new Consequence(entry, "seen where the call led instead"));
    }

    /** The call returned elsewhere because of the mode or the address that differs, where it went or where it came from. */
    static Optional<Consequence> returnedToOtherPlace(Difference difference, HypercallHistory history) {
        if (!difference.is(PairComparer.OUTCOME) || HypercallRules.isApart(history.left(), history.right())) {
            return Optional.empty();
        }
        return history.inPair(Point.RETURN, "CPSR.M")
                .or(() -> history.inPair(Point.RETURN, "PC"))
                .or(() -> history.inPair(Point.CALL, "CPSR.M"))
                .or(() -> history.inPair(Point.CALL, "PC"))
                .map(entry -> new Consequence(
                        entry, "returned elsewhere, as " + entry.difference().name() + " says"));
    }

    /** A side that is still in Hyp mode has restored neither the masks nor the address. */
    static Optional<Consequence> stillInHyp(Difference difference, HypercallHistory history) {
        boolean restored = difference.isIn(Register.CPSR) || difference.isIn(Register.PC);
        return history.inPair(Point.RETURN, "CPSR.M")
                .filter(entry ->
                        restored && difference.point() == Point.RETURN && ExceptionRules.isOneHyp(entry.difference()))
                .map(entry -> new Consequence(entry, "not restored, because one side is still in Hyp mode"));
    }

    /** Other code answered the call, although it came from the same place. */
    static Optional<Consequence> otherHandler(Difference difference, HypercallHistory history) {
        boolean sameSite = history.inPair(Point.CALL, "PC").isEmpty();
        return history.inPair(Point.VECTOR, "PC")
                .filter(entry -> difference.point() == Point.RETURN && sameSite)
                .map(entry -> new Consequence(entry, "other code answered the call"));
    }
}
