package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules for differences between hypercalls, in the order in which they are tried.
 *
 * <p>A difference between recorded values never follows one that rests on a derived value, unless it proves it: what is
 * certain is not hidden behind what is not. Nothing but the same two values in the same
 * field follow one that is explained.
 */
public final class HypercallRules {
    private static final List<Rule> RULES = List.of(
            PersistenceRules::persists,
            ExceptionRules::derivedFromRecorded,
            ExceptionRules::savedStatus,
            ExceptionRules::returnAddress,
            ExceptionRules::vectorAddress,
            OutcomeRules::wentElsewhere,
            OutcomeRules::returnedToOtherPlace,
            OutcomeRules::stillInHyp,
            StubRules::refused,
            StubRules::otherGeneration,
            OutcomeRules::otherHandler,
            StubRules::otherArgument,
            StubRules::otherFunction,
            PersistenceRules::copied,
            PersistenceRules::relocated,
            SequenceRules::afterUnmatched,
            SequenceRules::otherSite,
            PersistenceRules::flags,
            SequenceRules::repeated,
            SequenceRules::runOfUnmatched,
            SequenceRules::afterGoingApart);

    private HypercallRules() {}

    /** One reason for which a difference can follow from an earlier one. */
    @FunctionalInterface
    interface Rule {
        Optional<Consequence> apply(Difference difference, HypercallHistory history);
    }

    /** What the difference follows from, by the first rule that holds; empty when it is a finding of its own. */
    public static Optional<Consequence> consequence(Difference difference, HypercallHistory history) {
        return RULES.stream()
                .flatMap(rule -> rule.apply(difference, history).stream())
                .filter(consequence -> mayFollow(difference, consequence))
                .findFirst();
    }

    private static boolean mayFollow(Difference difference, Consequence consequence) {
        if (consequence.cause().root().severity() == Severity.EXPLAINED
                && (difference.kind() == Kind.PRESENCE
                        || !consequence.cause().difference().sameAs(difference))) {
            return false;
        }
        return difference.severity() == Severity.WARNING
                || consequence.cause().root().severity() != Severity.WARNING
                || consequence.proves();
    }

    /** Whether one call came back and the other went on to other code, or nowhere. */
    static boolean isApart(Hypercall left, Hypercall right) {
        return left.outcome() != right.outcome() && (isGone(left) || isGone(right));
    }

    private static boolean isGone(Hypercall call) {
        return call.outcome() == Outcome.ENTERED_PAYLOAD || call.outcome() == Outcome.NEVER_RETURNED;
    }

    /** Whether it is among the things by which a caller sees what the stub did. */
    public static boolean isStubEffect(Difference difference) {
        return difference.point() == Point.RETURN
                && (difference.is(PairComparer.OUTCOME)
                        || difference.is("R0")
                        || difference.isIn(Register.HVBAR)
                        || difference.isIn(Register.PC)
                        || difference.isIn(Register.CPSR));
    }

    /**
     * The order in which the differences at one point are judged: first those that the others can follow from. The values
     * are those of the pair at hand.
     */
    public static Comparator<Difference> order(Hypercall left, Hypercall right) {
        return Comparator.comparingInt(difference -> rank(difference, isApart(left, right)));
    }

    private static int rank(Difference difference, boolean apart) {
        if (difference.is(PairComparer.OUTCOME)) {
            return apart ? 0 : 9;
        }
        if (difference.is("R0") && StubRules.isRefusal(difference)) {
            return 1;
        }
        return rank(difference);
    }

    /** The order of fields: what decides where execution goes on comes first. */
    static int rank(Difference difference) {
        if (difference.is("CPSR.M")) {
            return 2;
        }
        if (difference.kind() == Kind.VECTOR && !difference.isIn(Register.PC)) {
            return 3;
        }
        return difference.isIn(Register.PC) ? 4 : 5;
    }
}
