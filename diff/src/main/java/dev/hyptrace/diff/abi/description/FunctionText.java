package dev.hyptrace.diff.abi.description;

import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.Selectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions in few words. */
public final class FunctionText {
    private static final long MINUS_ONE = 0xffff_ffffL;

    private FunctionText() {}

    /** What it does: {@code "HVBAR := r1, r0 := 0"}, {@code "jumps to r1 in Hyp mode"}, {@code "nothing"}. */
    public static String effects(AbiFunction function) {
        return effects(function.sets(), function.ending(), function.target(), function.exactClobbers());
    }

    /** As {@link #effects(AbiFunction)} of parts. */
    public static String effects(
            List<Assignment> sets, Ending ending, Optional<Expression> target, List<String> clobbers) {
        List<String> parts = new ArrayList<>();
        sets.stream().map(FunctionText::assignment).forEach(parts::add);
        if (!clobbers.isEmpty()) {
            parts.add("destroys " + String.join(", ", clobbers));
        }
        switch (ending) {
            case JUMPS -> parts.add("goes on at " + target.orElseThrow() + " in Hyp mode");
            case SPINS -> parts.add("loops for ever");
            case UNSETTLED -> parts.add("may not return");
            case RETURNS -> {
                if (parts.isEmpty()) {
                    parts.add("does nothing");
                }
            }
        }
        return String.join("; ", parts);
    }

    /** An effect: {@code "HVBAR := r1"}. */
    public static String assignment(Assignment set) {
        return set.register() + " := " + set.value();
    }

    /** The values of the selector: {@code "0"}, {@code "-1"}, {@code "0x1000 to 0xfffffffe"}, {@code "other"}. */
    public static String selectors(AbiFunction function) {
        return function.isForOthers()
                ? "other"
                : function.selectors().stream().map(FunctionText::selectors).collect(Collectors.joining(", "));
    }

    private static String selectors(Selectors range) {
        return range.from() == range.to() ? number(range.from()) : number(range.from()) + " to " + number(range.to());
    }

    /** A value of a selector: small ones in decimal, -1, others in hexadecimal. */
    public static String number(long value) {
        if (value == MINUS_ONE) {
            return "-1";
        }
        return value < 32 ? Long.toString(value) : String.format(Locale.ROOT, "0x%x", value);
    }

    /** Its name, or what it is when it has none. */
    public static String name(AbiFunction function) {
        if (!function.name().isEmpty()) {
            return function.name();
        }
        return function.error() ? "no function (error)" : "no function";
    }
}
