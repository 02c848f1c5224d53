package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.fold.HypercallHistory.Unmatched;
import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;
import java.util.OptionalLong;

/** What follows from calls that only one side made, or that both made before. */
final class SequenceRules {
    private SequenceRules() {}

    /** Only one side made the calls before this one, and the state is what they left behind. */
    static Optional<Consequence> afterUnmatched(Difference difference, HypercallHistory history) {
        boolean before =
                difference.point() == Point.CALL || difference.point() == Point.VECTOR && difference.isIn(Register.PC);
        return history.unmatched().stream()
                .filter(call -> before && difference.kind() != Kind.PRESENCE && isLeftBehind(difference, call))
                .findFirst()
                .map(call -> new Consequence(call.entry(), "left behind by a call that one side did not make here"));
    }

    private static boolean isLeftBehind(Difference difference, Unmatched unmatched) {
        if (difference.field().isEmpty()) {
            return false;
        }
        Register register = difference.field().get().register();
        boolean set = register.group() == Register.Group.SYSTEM || difference.point() == Point.VECTOR;
        long here = unmatched.side() == Side.LEFT ? difference.leftBits() : difference.rightBits();
        OptionalLong left = unmatched.call().after().bits(register);
        return set || left.isPresent() && difference.field().get().of(left.getAsLong()) == here;
    }

    /** The sides make the call from different places, with what those places have in their registers. */
    static Optional<Consequence> otherSite(Difference difference, HypercallHistory history) {
        return history.inPair(Point.CALL, "PC")
                .filter(entry -> difference.point() == Point.CALL && difference.kind() == Kind.REGISTER)
                .map(entry -> new Consequence(entry, "the call is made from another place"));
    }

    /** An earlier call for the same function from the same place differed in the same field, in the same way. */
    static Optional<Consequence> repeated(Difference difference, HypercallHistory history) {
        return history.repeated(difference)
                .filter(entry -> isSameEffect(difference, entry.difference()))
                .map(entry -> new Consequence(entry, "the same again"));
    }

    private static boolean isSameEffect(Difference difference, Difference earlier) {
        return difference.left().equals(earlier.left()) || difference.right().equals(earlier.right());
    }

    /** Calls without a partner in a row are one finding. */
    static Optional<Consequence> runOfUnmatched(Difference difference, HypercallHistory history) {
        if (difference.kind() != Kind.PRESENCE || difference.is(Unpaired.ORDER)) {
            return Optional.empty();
        }
        return history.unmatched().stream()
                .filter(call -> !call.entry().difference().is(Unpaired.ORDER))
                .findFirst()
                .map(call -> new Consequence(call.entry(), reason(difference, call)));
    }

    private static String reason(Difference difference, Unmatched first) {
        boolean here = difference.left().text().isPresent();
        return here == (first.side() == Side.LEFT)
                ? "next to another call that only this side made"
                : "made in place of that call";
    }

    /** The two sides went different ways in the call before. */
    static Optional<Consequence> afterGoingApart(Difference difference, HypercallHistory history) {
        return history.wentApart()
                .filter(entry -> difference.kind() == Kind.PRESENCE)
                .map(entry -> new Consequence(entry, "after the two sides went different ways"));
    }
}
