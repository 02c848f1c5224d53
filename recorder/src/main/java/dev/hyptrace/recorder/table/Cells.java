package dev.hyptrace.recorder.table;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What the text of a cell says, as its map has it. */
final class Cells {
    private static final int MAX_CPU = 1023;

    private final ColumnMap map;

    Cells(ColumnMap map) {
        this.map = map;
    }

    /** An address, and the instruction set that its prefix says. */
    record Address(int value, Optional<InstructionSet> set) {}

    /** An encoding of four or eight digits. */
    record Encoding(int bits, int digits) {}

    /** Whether a cell says nothing. */
    boolean isUnknown(String cell) {
        return cell.isEmpty() || map.unknown.contains(cell);
    }

    Address address(String cell) {
        Optional<InstructionSet> set = Optional.empty();
        String rest = without(map.prefixes, cell);
        if (rest.equals(cell)) {
            rest = without(map.a32Prefixes, cell);
            set = rest.equals(cell) ? set : Optional.of(InstructionSet.A32);
        }
        if (rest.equals(cell)) {
            rest = without(map.t32Prefixes, cell);
            set = rest.equals(cell) ? set : Optional.of(InstructionSet.T32);
        }
        long value = number(rest, "an address").orElseThrow(() -> found(cell, "an address"));
        if (value >>> 32 != 0) {
            throw found(cell, "an address of 32 bits");
        }
        return new Address((int) value, set);
    }

    /** The longest of the prefixes that the cell begins with is taken off. */
    private static String without(Iterable<String> prefixes, String cell) {
        String rest = cell;
        for (String prefix : prefixes) {
            boolean fits = cell.regionMatches(true, 0, prefix, 0, prefix.length());
            if (fits && cell.length() - prefix.length() < rest.length()) {
                rest = cell.substring(prefix.length()).strip();
            }
        }
        return rest;
    }

    /** Always hexadecimal. */
    Encoding encoding(String cell) {
        String digits = cell.replaceFirst("^0[xX]", "").replaceAll("[\\s_']", "");
        if (!digits.matches("[0-9a-fA-F]{4}|[0-9a-fA-F]{8}")) {
            throw found(cell, "an encoding of 4 or 8 hexadecimal digits");
        }
        return new Encoding(Integer.parseUnsignedInt(digits, 16), digits.length());
    }

    long register(Register register, String cell) {
        long value = number(cell, "a value of " + register).orElseThrow(() -> found(cell, "a value of " + register));
        if ((value & ~register.mask()) != 0) {
            throw found(cell, "a value of " + register + ", which has " + register.width() + " bits");
        }
        return value;
    }

    int processor(String cell) {
        if (!cell.matches("[0-9]{1,4}") || Integer.parseInt(cell) > MAX_CPU) {
            throw found(cell, "a processor from 0 to " + MAX_CPU);
        }
        return Integer.parseInt(cell);
    }

    int immediate(String cell) {
        long value = number(cell, "the immediate of an HVC").orElse(-1);
        if (value >>> 16 != 0) {
            throw found(cell, "the immediate of an HVC, 16 bits");
        }
        return (int) value;
    }

    InstructionSet set(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "a", "a32", "arm" -> InstructionSet.A32;
            case "t", "t16", "t32", "thumb", "thumb2", "thumb-2" -> InstructionSet.T32;
            default -> throw found(cell, "an instruction set such as ARM, A32, Thumb, T32");
        };
    }

    Mode modeOf(String cell) {
        return mode(cell).orElseThrow(() -> found(cell, "a mode such as svc or Hyp"));
    }

    /** The mode of which a text has the first three letters, in any letter case. */
    static Optional<Mode> mode(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (Mode mode : Mode.values()) {
            if (name.startsWith(mode.suffix())
                    || mode == Mode.SVC && name.startsWith("sup")
                    || mode == Mode.USR && name.startsWith("use")) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    private OptionalLong number(String cell, String what) {
        String digits = cell.replaceAll("[\\s_']", "");
        boolean hex = !map.decimal;
        if (digits.matches("0[xX].*")) {
            hex = true;
            digits = digits.substring(2);
        } else if (digits.matches(".*[hH]")) {
            hex = true;
            digits = digits.substring(0, digits.length() - 1);
        }
        if (!digits.matches(hex ? "[0-9a-fA-F]{1,16}" : "[0-9]{1,20}")) {
            throw found(cell, what + (hex ? " in hexadecimal" : " in decimal"));
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, hex ? 16 : 10));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    static IllegalArgumentException found(String cell, String expected) {
        String shown = cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
        return new IllegalArgumentException(
                "found '" + shown.replaceAll("\\p{Cntrl}", "?") + "', expected " + expected);
    }
}
