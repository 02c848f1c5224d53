package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.traces.model.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules for differences between a recorded step and its replay, in the order in which they are tried. */
public final class StepRules {
    private static final List<Rule> RULES =
            List.of(StepRules::recordingWasOffOnce, StepRules::sameInstructionAgain, StepRules::sameEvent);

    private StepRules() {}

    /** One reason for which a difference can follow from an earlier one. */
    @FunctionalInterface
    interface Rule {
        Optional<Consequence> apply(Difference difference, StepHistory history);
    }

    /** The order in which the differences at one event are judged: first those that the others can follow from. */
    public static Comparator<Difference> order() {
        return Comparator.comparingInt(HypercallRules::rank);
    }

    /** What the difference follows from, by the first rule that holds; empty when it is a finding of its own. */
    public static Optional<Consequence> consequence(Difference difference, StepHistory history) {
        return RULES.stream()
                .flatMap(rule -> rule.apply(difference, history).stream())
                .filter(history::mayFollow)
                .findFirst();
    }

    /**
     * At the event before, the recording differed, and here it has what the emulator has that kept its own state there: what
     * was recorded there was off at that moment only, and nothing happened here.
     */
    static Optional<Consequence> recordingWasOffOnce(Difference difference, StepHistory history) {
        Field field = difference.field().orElseThrow();
        Optional<State> own = history.unsynchronised().filter(state -> state.has(field.register()));
        return history.before()
                .filter(entry ->
                        own.isPresent() && field.of(own.get().require(field.register())) == difference.leftBits())
                .map(entry -> new Consequence(
                        entry, "the recording agrees again with an emulator that kept its own value", true));
    }

    /** The same instruction wrote the same field differently before. */
    static Optional<Consequence> sameInstructionAgain(Difference difference, StepHistory history) {
        return history.repeated(difference).map(entry -> new Consequence(entry, "the same instruction again"));
    }

    /** One instruction, executed on equal state, gave several results that differ. */
    static Optional<Consequence> sameEvent(Difference difference, StepHistory history) {
        return history.atEvent().map(entry -> new Consequence(entry, "written by the same instruction"));
    }
}
