package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The text of values in cells. */
final class Cells {
    private static final String DERIVED = "~";

    private Cells() {}

    static String of(Register register, Value value) {
        if (value instanceof Value.Known known) {
            return register.format(known.bits());
        }
        return value instanceof Value.Derived derived ? DERIVED + register.format(derived.bits()) : "";
    }

    static String of(OptionalInt word) {
        return word.isPresent() ? Hex.word(word.getAsInt()) : "";
    }

    /**
     * The value of a register's cell.
     *
     * @throws IllegalArgumentException when it is none; the message says what was found and expected
     */
    static Value value(Register register, String cell) {
        if (cell.isEmpty()) {
            return Value.UNKNOWN;
        }
        boolean derived = cell.startsWith(DERIVED);
        OptionalLong bits = hex(derived ? cell.substring(1) : cell);
        if (bits.isEmpty() || (bits.getAsLong() & ~register.mask()) != 0) {
            throw new IllegalArgumentException(quote(cell) + " is no value of a " + register.width()
                    + "-bit register, expected 0x and up to " + register.width() / 4
                    + " hexadecimal digits, after ~ if derived, or nothing");
        }
        return derived
                ? new Value.Derived(bits.getAsLong(), DerivationRule.IMPORTED)
                : new Value.Known(bits.getAsLong());
    }

    /** A 32-bit word; empty for an empty cell. */
    static OptionalInt word(String cell) {
        if (cell.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalLong bits = hex(cell);
        if (bits.isEmpty() || bits.getAsLong() >>> 32 != 0) {
            throw new IllegalArgumentException(
                    quote(cell) + " is no 32-bit word, expected 0x and up to 8 hexadecimal digits, or nothing");
        }
        return OptionalInt.of((int) bits.getAsLong());
    }

    /** A decimal number from 0 to the limit. */
    static int number(String cell, int limit) {
        if (cell.matches("[0-9]{1,9}") && Integer.parseInt(cell) <= limit) {
            return Integer.parseInt(cell);
        }
        throw new IllegalArgumentException(quote(cell) + " is no number from 0 to " + limit);
    }

    private static OptionalLong hex(String text) {
        return text.matches("0[xX][0-9a-fA-F]{1,16}")
                ? OptionalLong.of(Long.parseUnsignedLong(text.substring(2), 16))
                : OptionalLong.empty();
    }

    /** The cell as a message shows it: not longer than a line. */
    static String quote(String cell) {
        String shown = cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
