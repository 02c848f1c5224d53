package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a recording had no place in the text that was made of it, so that nobody takes the text for all of it. */
public final class LeftOut {
    private static final int NAMED = 12;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<Register> derived = EnumSet.noneOf(Register.class);
    private final Set<Register> unshown = EnumSet.noneOf(Register.class);
    private State last = State.unknown();

    /**
     * Counts one more.
     *
     * @param things what, in the plural
     */
    public void count(String things) {
        counts.merge(things, 1L, Long::sum);
    }

    /**
     * Keeps in mind which registers of a state are not written: those that are derived, and those that the format does not show.
     *
     * @param shown whether a known register of the state is written, which must depend on the state's shape only
     */
    public void registers(State state, Predicate<Register> shown) {
        if (state.hasShapeOf(last)) {
            return;
        }
        last = state;
        for (Register register : state.registers()) {
            if (!state.isKnown(register)) {
                derived.add(register);
            } else if (!shown.test(register)) {
                unshown.add(register);
            }
        }
    }

    /** One sentence for each kind of thing; empty when all was written. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        counts.forEach((things, count) -> sentences.add(String.format(Locale.ROOT, "left out: %,d %s", count, things)));
        if (!unshown.isEmpty()) {
            sentences.add("left out, where the format has no place for them: " + names(unshown));
        }
        if (!derived.isEmpty()) {
            sentences.add("left out, where they are derived and not recorded: " + names(derived));
        }
        return sentences;
    }

    private static String names(Set<Register> registers) {
        String first = registers.stream().limit(NAMED).map(Register::manualName).collect(Collectors.joining(", "));
        return registers.size() <= NAMED ? first : first + " and " + (registers.size() - NAMED) + " more";
    }
}
