package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.abi.StubGenerations;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;

/** What follows from how hyp stubs answer. */
final class StubRules {
    private static final int ARGUMENTS = 4;

    private StubRules() {}

    /** Whether r0 says on one side only that the stub does not know the function. */
    static boolean isRefusal(Difference r0) {
        return r0.point() == Point.RETURN
                && r0.leftBits() == StubGenerations.HVC_STUB_ERR != (r0.rightBits() == StubGenerations.HVC_STUB_ERR);
    }

    /** A stub that refuses a call does nothing of what it asked for. */
    static Optional<Consequence> refused(Difference difference, HypercallHistory history) {
        return history.inPair(Point.RETURN, "R0")
                .filter(entry -> HypercallRules.isStubEffect(difference) && isRefusal(entry.difference()))
                .map(entry -> new Consequence(entry, "one side refused the call"));
    }

    /** The stubs are of different generations, and each did what its generation does. */
    static Optional<Consequence> otherGeneration(Difference difference, HypercallHistory history) {
        if (!HypercallRules.isStubEffect(difference) || !history.generationsDiffer()) {
            return Optional.empty();
        }
        Optional<Entry> here = history.inPair().stream()
                .filter(entry -> HypercallRules.isStubEffect(entry.difference()))
                .findFirst();
        return here.or(history::earlierMismatch).map(entry -> new Consequence(entry, "as each stub's generation does"));
    }

    /** The call was made with another argument, and this is a result: R0, or what both sides wrote. */
    static Optional<Consequence> otherArgument(Difference difference, HypercallHistory history) {
        boolean result = HypercallRules.isStubEffect(difference) && !difference.isIn(Register.CPSR)
                || difference.point() == Point.RETURN
                        && isArgument(difference)
                        && isWritten(history.left(), difference)
                        && isWritten(history.right(), difference);
        return history.inPair().stream()
                .filter(entry -> result && entry.difference().point() == Point.CALL && isArgument(entry.difference()))
                .findFirst()
                .map(entry -> new Consequence(
                        entry,
                        "the call was made with another " + entry.difference().name()));
    }

    /** Another function is called, with arguments of its own. */
    static Optional<Consequence> otherFunction(Difference difference, HypercallHistory history) {
        return history.inPair(Point.CALL, "R0")
                .filter(entry -> difference.point() == Point.CALL && isArgument(difference))
                .map(entry -> new Consequence(entry, "an argument of a call with another R0"));
    }

    private static boolean isWritten(Hypercall call, Difference difference) {
        Register register = difference.field().orElseThrow().register();
        return !call.after().bits(register).equals(call.call().bits(register));
    }

    private static boolean isArgument(Difference difference) {
        return difference
                .field()
                .filter(field -> field.register().ordinal() < ARGUMENTS)
                .isPresent();
    }
}
