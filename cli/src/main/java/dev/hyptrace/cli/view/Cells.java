package dev.hyptrace.cli.view;

import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.OptionalInt;

/** Values as the views print them. */
final class Cells {
    static final String UNKNOWN = "-";

    private Cells() {}

    /** A register's value: after {@code ~} when it is derived, {@code -} when it is unknown. */
    static String of(State state, Register register) {
        if (!state.has(register)) {
            return UNKNOWN;
        }
        return (state.isKnown(register) ? "" : "~") + register.format(state.require(register));
    }

    static String address(OptionalInt address) {
        return address.isPresent() ? Hex.word(address.getAsInt()) : UNKNOWN;
    }

    static String number(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : UNKNOWN;
    }
}
