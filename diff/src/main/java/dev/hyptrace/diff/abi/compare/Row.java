package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.List;
import java.util.OptionalLong;

/**
 * One value of a selector, or several that no description tells apart, and what each description does with it.
 *
 * @param instruction by which the call is made: {@code hvc} or {@code smc}
 * @param register the selector, as a register of AArch32; empty where no description has one
 * @param from the first value; empty for every value that has no row of its own
 * @param to the last value
 * @param example a value of the row
 * @param cells one for each description
 */
public record Row(
        String instruction, String register, OptionalLong from, OptionalLong to, long example, List<Cell> cells) {
    public Row {
        cells = List.copyOf(cells);
    }

    /** For people: {@code "r0 = 0"}, {@code "r0 = other"}, {@code "every call"}. */
    public String label() {
        return register.isEmpty() ? "every call" : register + " = " + values();
    }

    /** {@code "0"}, {@code "-1"}, {@code "0x20 to 0x3f"}, {@code "other"}. */
    public String values() {
        if (from.isEmpty()) {
            return "other";
        }
        String first = FunctionText.number(from.getAsLong());
        return from.equals(to) ? first : first + " to " + FunctionText.number(to.orElseThrow());
    }

    /** What a function does with the calls of this row. */
    Behaviour behaviour(Abi abi, AbiFunction function) {
        Behaviour behaviour = Behaviour.of(abi, function);
        return from.isPresent() && from.equals(to) ? behaviour.given(register, from.getAsLong()) : behaviour;
    }

    boolean contains(long value) {
        return from.isPresent() && from.getAsLong() <= value && value <= to.orElseThrow();
    }
}
