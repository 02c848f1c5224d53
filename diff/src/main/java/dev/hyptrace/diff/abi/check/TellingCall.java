package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Selectors;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A call that two parties answer differently.
 *
 * @param selector the value of the selector
 * @param firstEffects what the first does
 * @param secondEffects what the second does
 */
public record TellingCall(Abi first, Abi second, long selector, String firstEffects, String secondEffects) {
    /** Stands for values that no function has. */
    private static final long OTHER = 0x1f;

    /** The call with the smallest selector that tells two descriptions apart; empty when none does. */
    public static Optional<TellingCall> between(Abi first, Abi second) {
        if (!first.entry().selector().equals(second.entry().selector())) {
            return Optional.empty();
        }
        TreeSet<Long> selectors = new TreeSet<>();
        for (Abi abi : new Abi[] {first, second}) {
            for (AbiFunction function : abi.functions()) {
                function.selectors().stream().map(Selectors::from).forEach(selectors::add);
            }
        }
        selectors.add(OTHER);
        for (long selector : selectors) {
            String one = first.function(selector).map(FunctionText::effects).orElse("?");
            String two = second.function(selector).map(FunctionText::effects).orElse("?");
            if (!one.equals(two)) {
                return Optional.of(new TellingCall(first, second, selector, one, two));
            }
        }
        return Optional.empty();
    }

    /** What to try. */
    public String sentence() {
        String call = first.entry()
                .selector()
                .map(name -> " with " + name + " = " + FunctionText.number(selector))
                .orElse("");
        return "A call" + call + " would tell: " + first.name() + ": " + firstEffects + "; " + second.name() + ": "
                + secondEffects + ".";
    }
}
