package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.Expression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What a call does, as a part of a sentence.
 *
 * @param given the registers to which the call gives a meaning, by what they hold: {@code r0 -> "r0 (0)"}; any other core
 *     register holds whatever the caller has there
 */
record Phrase(Map<String, String> given) {
    /** {@code "sets HVBAR to whatever r1 holds and r0 to 0"}. */
    String finite(Behaviour behaviour) {
        return phrase(behaviour, true);
    }

    /** {@code "setting r0 to HVBAR"}. */
    String gerund(Behaviour behaviour) {
        return phrase(behaviour, false);
    }

    private String phrase(Behaviour behaviour, boolean finite) {
        List<String> parts = new ArrayList<>();
        if (!behaviour.sets().isEmpty()) {
            parts.add((finite ? "sets " : "setting ")
                    + behaviour.sets().entrySet().stream()
                            .map(set -> set.getKey() + " to " + value(set.getValue()))
                            .collect(and()));
        }
        if (!behaviour.destroyed().isEmpty()) {
            parts.add((finite ? "destroys " : "destroying ") + list(behaviour.destroyed()));
        }
        ending(behaviour, finite, parts);
        return parts.stream().collect(and());
    }

    private void ending(Behaviour behaviour, boolean finite, List<String> parts) {
        if (behaviour.ending() == Ending.JUMPS) {
            parts.add((finite ? "goes on in Hyp mode at " : "going on in Hyp mode at ")
                    + value(behaviour.target().orElseThrow()));
        } else if (behaviour.ending() == Ending.SPINS) {
            parts.add(finite ? "loops for ever" : "looping for ever");
        } else if (behaviour.ending() == Ending.UNSETTLED) {
            parts.add(finite ? "may not return (not settled)" : "perhaps not returning (not settled)");
        } else if (parts.isEmpty()) {
            parts.add(finite ? "does nothing" : "doing nothing");
        }
    }

    private String value(Expression value) {
        if (value instanceof Expression.Register register) {
            return register(register.name());
        }
        if (value instanceof Expression.Open) {
            return value + " (not settled)";
        }
        return value.toString();
    }

    private String register(String name) {
        String known = given.get(name);
        if (known != null) {
            return known;
        }
        return name.matches("r[0-9]+") ? "whatever " + name + " holds" : name;
    }

    /** Core registers by their number, and then the others by name. */
    static List<String> inOrder(Collection<String> names) {
        return names.stream()
                .sorted(Comparator.comparing(
                                (String name) -> name.matches("[rx][0-9]+") ? number(name) : Integer.MAX_VALUE)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** {@code "r0, r1 and r2"}. */
    static String list(Collection<String> names) {
        return inOrder(names).stream().collect(and());
    }

    private static Collector<String, ?, String> and() {
        return Collectors.collectingAndThen(Collectors.toList(), Phrase::and);
    }

    private static String and(List<String> parts) {
        int last = parts.size() - 1;
        return last <= 0
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
