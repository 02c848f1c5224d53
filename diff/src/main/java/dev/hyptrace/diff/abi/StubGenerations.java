package dev.hyptrace.diff.abi;

import dev.hyptrace.diff.table.TextTable;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The generations of the hyp stub, from {@code stub-generations.txt}. */
public final class StubGenerations {
    /** What a stub of G2 and later answers in r0 to a function it does not know: HVC_STUB_ERR. */
    public static final long HVC_STUB_ERR = 0x0badca11;

    private static final List<StubFunction> FUNCTIONS = load();
    private static final Set<String> NAMES = names();

    private StubGenerations() {}

    /** The names of all generations, oldest first. */
    public static Set<String> all() {
        return NAMES;
    }

    /** What a generation does for a value of r0. */
    public static StubFunction function(String generation, long r0) {
        return FUNCTIONS.stream()
                .filter(function -> function.generation().equals(generation))
                .filter(function ->
                        function.selector().isEmpty() || function.selector().getAsLong() == r0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no generation " + generation));
    }

    /**
     * The generations that do what this call did, oldest first. Empty when none does, or too little was recorded to say; a
     * call from Hyp mode itself is none that a stub answers.
     */
    public static Set<String> explaining(Hypercall call) {
        OptionalLong r0 = call.call().bits(Register.R0);
        if (r0.isEmpty() || call.fromHyp()) {
            return Set.of();
        }
        Set<String> explaining = new LinkedHashSet<>();
        for (String generation : NAMES) {
            if (function(generation, r0.getAsLong()).explains(call)) {
                explaining.add(generation);
            }
        }
        return Collections.unmodifiableSet(explaining);
    }

    /** Whether the stub answered that it does not know the function. */
    public static boolean refused(Hypercall call) {
        return call.outcome() != Outcome.ENTERED_PAYLOAD
                && call.after().bits(Register.R0).equals(OptionalLong.of(HVC_STUB_ERR))
                && !call.call().bits(Register.R0).equals(OptionalLong.of(HVC_STUB_ERR));
    }

    /** What a value of r0 asks of a generation: the function's name, or empty when the stub has no such function. */
    public static Optional<String> name(String generation, long r0) {
        return Optional.of(function(generation, r0))
                .filter(StubFunction::isKnown)
                .map(StubFunction::name);
    }

    private static List<StubFunction> load() {
        List<StubFunction> functions = new ArrayList<>();
        for (List<String> row : TextTable.rows(StubGenerations.class, "stub-generations.txt", 6)) {
            String r0 = row.get(1);
            functions.add(new StubFunction(
                    row.get(0),
                    r0.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.decode(r0)),
                    row.get(2),
                    row.get(3),
                    row.get(4).equals("returns"),
                    row.get(5)));
        }
        return List.copyOf(functions);
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        FUNCTIONS.forEach(function -> names.add(function.generation()));
        return Collections.unmodifiableSet(names);
    }
}
