package dev.hyptrace.recorder.table;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which column of a table is what, and how its cells are written. The package's documentation is the manual of the file that it
 * is read from.
 */
public final class ColumnMap {
    /** What a row is. */
    enum Rows {
        STEPS,
        HYPERCALLS,
        STATES
    }

    /**
     * A column and what it is.
     *
     * @param name its name in the header, empty when it is given by number
     * @param number its number from 1, 0 when it is given by name
     * @param line the line of the map
     */
    record Column(String name, int number, Role role, int line) {
        @Override
        public String toString() {
            return number > 0 ? "#" + number : "'" + name + "'";
        }
    }

    final String file;
    final List<Column> columns;
    char separator = ',';
    Character quote = '"';
    boolean header = true;
    int skip;
    Rows rows = Rows.STEPS;
    boolean after;
    boolean unchanged;
    boolean decimal;
    boolean firstLow;
    Set<String> unknown = Set.of("?", "0x?", "-", "--------", "xxxxxxxx");
    List<String> prefixes = List.of();
    List<String> a32Prefixes = List.of();
    List<String> t32Prefixes = List.of();
    Set<String> stepKinds = Set.of();
    Set<String> gapKinds = Set.of();
    Optional<InstructionSet> set = Optional.empty();
    Optional<Mode> mode = Optional.empty();
    int cpu;

    ColumnMap(String file, List<Column> columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads a map.
     *
     * @param file what to call it in messages
     * @throws IllegalArgumentException when it is none; the message names the file and the line
     */
    public static ColumnMap of(String file, List<String> lines) {
        return new ColumnMapParser(file).parse(lines);
    }

    /** What it is called in messages. */
    public String file() {
        return file;
    }

    boolean has(Role.Kind kind) {
        return columns.stream().anyMatch(column -> column.role().kind() == kind);
    }
}
