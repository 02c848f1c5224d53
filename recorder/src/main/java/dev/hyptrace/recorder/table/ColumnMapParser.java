package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.table.ColumnMap.Column;
import dev.hyptrace.recorder.table.ColumnMap.Rows;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the file of a map. */
final class ColumnMapParser {
    private static final int MAX_LINES = 10_000;
    private static final int MAX_CPU = 1023;
    private static final int MAX_NUMBER = 9999;

    private final ColumnMap map;
    private final List<Column> columns = new ArrayList<>();
    private final Set<Role> roles = new HashSet<>();
    private final Set<String> settings = new HashSet<>();
    private int line;

    ColumnMapParser(String file) {
        this.map = new ColumnMap(file, columns);
    }

    ColumnMap parse(List<String> lines) {
        if (lines.size() > MAX_LINES) {
            throw error(lines.size() + " lines, expected a map of at most " + MAX_LINES);
        }
        for (String text : lines) {
            line++;
            String stripped = text.replace("\ufeff", "").strip();
            if (!stripped.isEmpty() && !isComment(stripped)) {
                line(stripped);
            }
        }
        check();
        return map;
    }

    /** A column's number begins with the same character. */
    private static boolean isComment(String text) {
        return text.charAt(0) == '#' && !text.matches("#[0-9]+\\s*=.*");
    }

    private void line(String text) {
        int equals = text.lastIndexOf('=');
        int colon = text.indexOf(':');
        if (equals > 0) {
            column(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        } else if (colon > 0) {
            setting(
                    text.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    text.substring(colon + 1).strip());
        } else {
            throw error("found '" + text + "', expected 'column = role' or 'setting: value'");
        }
    }

    private void column(String name, String roleName) {
        Role role;
        try {
            role = Role.of(roleName);
        } catch (IllegalArgumentException e) {
            throw error(e.getMessage());
        }
        if (!roles.add(role)) {
            throw error("a second column is '" + roleName + "', expected one");
        }
        boolean numbered = name.matches("#[1-9][0-9]{0,3}");
        columns.add(new Column(numbered ? "" : name, numbered ? Integer.parseInt(name.substring(1)) : 0, role, line));
    }

    private void setting(String name, String value) {
        if (!settings.add(name)) {
            throw error("'" + name + "' is set a second time");
        }
        switch (name) {
            case "separator" -> map.separator = separator(value);
            case "quote" -> map.quote = value.equals("none") ? null : Character.valueOf(character(value));
            case "header" -> map.header = choose(name, value, "yes", "no");
            case "skip" -> map.skip = number(value, MAX_NUMBER);
            case "rows" -> map.rows = rows(value);
            case "registers" -> map.after = !choose(name, value, "before", "after");
            case "empty" -> map.unchanged = !choose(name, value, "unknown", "unchanged");
            case "numbers" -> map.decimal = !choose(name, value, "hex", "decimal");
            case "t32 words" -> map.firstLow = !choose(name, value, "first-high", "first-low");
            case "unknown" -> map.unknown = Set.copyOf(words(value));
            case "prefixes" -> map.prefixes = words(value);
            case "a32 prefixes" -> map.a32Prefixes = words(value);
            case "t32 prefixes" -> map.t32Prefixes = words(value);
            case "step kinds" -> map.stepKinds = Set.copyOf(words(value));
            case "gap kinds" -> map.gapKinds = Set.copyOf(words(value));
            case "set" ->
                map.set = Optional.of(choose(name, value, "a32", "t32") ? InstructionSet.A32 : InstructionSet.T32);
            case "mode" -> map.mode = Optional.of(mode(value));
            case "cpu" -> map.cpu = number(value, MAX_CPU);
            default -> throw error("no setting is called '" + name + "', see hyptrace import --help");
        }
    }

    private boolean choose(String name, String value, String first, String second) {
        if (!value.equalsIgnoreCase(first) && !value.equalsIgnoreCase(second)) {
            throw error("'" + name + "' is '" + value + "', expected " + first + " or " + second);
        }
        return value.equalsIgnoreCase(first);
    }

    private Rows rows(String value) {
        for (Rows rows : Rows.values()) {
            if (rows.name().equalsIgnoreCase(value)) {
                return rows;
            }
        }
        throw error("'rows' is '" + value + "', expected steps, hypercalls or states");
    }

    private char separator(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "comma" -> ',';
            case "tab", "\\t" -> '\t';
            case "semicolon" -> ';';
            default -> character(value);
        };
    }

    private char character(String value) {
        if (value.length() != 1 || Character.isLetterOrDigit(value.charAt(0))) {
            throw error("'" + value + "', expected one character that is no letter and no digit, or its name");
        }
        return value.charAt(0);
    }

    private Mode mode(String value) {
        return Cells.mode(value)
                .orElseThrow(() ->
                        error("'" + value + "' is no mode, expected usr, fiq, irq, svc, mon, abt, hyp, und or sys"));
    }

    private int number(String value, int limit) {
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) > limit) {
            throw error("'" + value + "' is no number from 0 to " + limit);
        }
        return Integer.parseInt(value);
    }

    private static List<String> words(String value) {
        return Arrays.stream(value.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void check() {
        line = 0;
        if (map.rows == Rows.STATES && columns.isEmpty()) {
            throw error("no column is mapped");
        }
        if (map.rows != Rows.STATES && !map.has(Role.Kind.ADDRESS)) {
            throw error("no column is the address, expected a line such as 'Address = address'");
        }
        boolean status = columns.stream()
                .anyMatch(column ->
                        column.role().target().flatMap(RegisterTarget::fixed).equals(Optional.of(Register.CPSR)));
        boolean mode = status || map.has(Role.Kind.MODE) || map.has(Role.Kind.REGISTER) || map.mode.isPresent();
        for (Column column : columns) {
            line = column.line();
            if (!mode
                    && column.role().target().filter(RegisterTarget::needsMode).isPresent()) {
                throw error(
                        column + " is of the current mode, which nothing tells: expected a column that is the mode or"
                                + " CPSR, a line such as 'mode: svc', or the register of a mode such as SP_svc");
            }
            checkUse(column);
        }
    }

    private void checkUse(Column column) {
        Role role = column.role();
        if (map.rows != Rows.HYPERCALLS && (role.moment() != Role.Moment.CALL || role.kind() == Role.Kind.IMMEDIATE)) {
            throw error(column + " is of a hypercall, expected 'rows: hypercalls'");
        }
        if (!map.header && column.number() == 0) {
            throw error(column + " is a name, and there is no header: expected a number such as #1");
        }
        boolean single = role.kind() == Role.Kind.REGISTER || role.kind() == Role.Kind.VALUE;
        Role.Kind other = role.kind() == Role.Kind.REGISTER ? Role.Kind.VALUE : Role.Kind.REGISTER;
        if (single && !roles.contains(new Role(other, role.moment(), role.target(), role.pair()))) {
            throw error(column + " has no column that it belongs to, expected both register and value");
        }
    }

    private IllegalArgumentException error(String problem) {
        return new IllegalArgumentException(map.file + ": " + (line > 0 ? "line " + line + ": " : "") + problem);
    }
}
