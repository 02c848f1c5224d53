package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.Optional;

/**
 * What one description says of one value of the selector.
 *
 * @param state how much it says
 * @param function the function that the value asks for; empty if it says nothing or has another selector
 * @param text for people
 */
public record Cell(State state, Optional<AbiFunction> function, String text) {
    /** How much is said. */
    public enum State {
        /** Everything. */
        SETTLED,
        /** Something, but a value or the ending is left open. */
        PARTLY_SETTLED,
        /** Nothing. */
        NOT_SETTLED,
        /** Calls are not made by this instruction, or not told apart by this register. */
        ANOTHER_SELECTOR
    }

    static Cell of(Column column, String instruction, String register, long selector) {
        if (!column.instruction().equals(instruction)) {
            return new Cell(State.ANOTHER_SELECTOR, Optional.empty(), "another instruction: " + column.instruction());
        }
        Optional<String> own = column.selector();
        if (own.isPresent() && !own.get().equals(register)) {
            return new Cell(
                    State.ANOTHER_SELECTOR,
                    Optional.empty(),
                    "another selector: " + column.abi().entry().selector().orElseThrow());
        }
        Optional<AbiFunction> function = function(column.abi(), selector);
        for (Abi other : column.alternatives()) {
            if (!behaviour(column.abi(), function).equals(behaviour(other, function(other, selector)))) {
                String text =
                        "not settled by the recording: " + column.abi().name() + " and " + other.name() + " differ";
                return new Cell(State.NOT_SETTLED, Optional.empty(), text);
            }
        }
        return of(column, function);
    }

    private static Optional<AbiFunction> function(Abi abi, long selector) {
        return abi.entry().selector().isPresent() ? abi.function(selector) : abi.others();
    }

    private static Optional<Behaviour> behaviour(Abi abi, Optional<AbiFunction> function) {
        return function.map(f -> Behaviour.of(abi, f));
    }

    private static Cell of(Column column, Optional<AbiFunction> function) {
        if (function.isEmpty()) {
            return new Cell(State.NOT_SETTLED, function, "not settled: nothing is said of it");
        }
        Behaviour behaviour = Behaviour.of(column.abi(), function.get());
        String name = function.get().name().isEmpty()
                ? (function.get().error() ? "error: " : "")
                : function.get().name() + ": ";
        String text = name + FunctionText.effects(function.get());
        boolean endsOpen = behaviour.ending() == AbiFunction.Ending.UNSETTLED;
        if (!endsOpen && behaviour.open().isEmpty()) {
            return new Cell(State.SETTLED, function, text);
        }
        String open = behaviour.open().isEmpty() ? "" : ": " + String.join(", ", behaviour.open());
        return new Cell(State.PARTLY_SETTLED, function, text + " (not settled" + open + ")");
    }
}
