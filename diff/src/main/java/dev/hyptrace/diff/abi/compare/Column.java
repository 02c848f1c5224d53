package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A description that is compared.
 *
 * @param label what it is called in the comparison: its name, or the recording and the party that it explains
 * @param abi the description
 * @param alternatives other descriptions that it may be as well, for all that a recording shows: where they say something else,
 *     nothing is settled
 * @param note how it came to stand for a recording; empty for a description that was named
 */
public record Column(String label, Abi abi, List<Abi> alternatives, String note) {
    public Column {
        alternatives = List.copyOf(alternatives);
    }

    /** A description under its own name. */
    public static Column of(Abi abi) {
        return new Column(abi.name(), abi, List.of(), "");
    }

    /** How calls come in: {@code "hvc, r0 selects"}. */
    public String entry() {
        String immediates = abi.entry().immediates().stream()
                .map(immediate -> " #" + FunctionText.number(immediate))
                .reduce((a, b) -> a + " or" + b)
                .orElse(" with any immediate");
        return instruction() + immediates + ", "
                + abi.entry().selector().map(name -> name + " selects").orElse("one function");
    }

    /** What happens at a vector; not settled where an alternative says something else. */
    public String vector(int offset) {
        String own = Vectors.behaviour(abi, offset);
        return alternatives.stream()
                        .allMatch(other -> Vectors.behaviour(other, offset).equals(own))
                ? own
                : "does what the recording does not settle";
    }

    /** Whether it is known what happens at a vector that calls do not come in by. */
    boolean settles(int offset) {
        boolean said = abi.slots().stream().anyMatch(slot -> slot.offset() == offset);
        String own = Vectors.behaviour(abi, offset);
        return said
                && alternatives.stream()
                        .allMatch(other -> Vectors.behaviour(other, offset).equals(own));
    }

    String instruction() {
        return abi.entry().instruction().name().toLowerCase(Locale.ROOT);
    }

    /** The selector as a register of AArch32. */
    Optional<String> selector() {
        return abi.entry().selector().map(name -> Correspondence.register(abi.architecture(), name));
    }

    /** The instruction that a caller of this ABI executes. */
    String callInstruction() {
        int immediate = abi.entry().immediates().isEmpty()
                ? 0
                : abi.entry().immediates().get(0);
        return "`" + instruction() + " #" + FunctionText.number(immediate) + "`";
    }

    int callImmediate() {
        return abi.entry().immediates().isEmpty() ? 0 : abi.entry().immediates().get(0);
    }
}
