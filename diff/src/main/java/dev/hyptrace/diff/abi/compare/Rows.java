package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Selectors;
import dev.hyptrace.diff.abi.description.Expression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Cuts the values of the selectors so that no description treats two values of a row differently. */
final class Rows {
    private static final long MINUS_ONE = Expression.MASK;
    /** An opcode that nobody has, where nobody has it. */
    private static final long FREE = 0x7f;

    private final List<Column> columns;

    private Rows(List<Column> columns) {
        this.columns = columns;
    }

    /** How calls are told apart. */
    private record Door(String instruction, String register) {}

    static List<Row> of(List<Column> columns) {
        return new Rows(columns).all();
    }

    private List<Row> all() {
        Set<Door> doors = new LinkedHashSet<>();
        columns.forEach(
                column -> column.selector().ifPresent(register -> doors.add(new Door(column.instruction(), register))));
        for (Column column : columns) {
            if (doors.stream().noneMatch(door -> door.instruction.equals(column.instruction()))) {
                doors.add(new Door(column.instruction(), ""));
            }
        }
        List<Row> rows = new ArrayList<>();
        doors.forEach(door -> rows.addAll(rows(door)));
        return List.copyOf(rows);
    }

    private List<Row> rows(Door door) {
        List<Row> rows = new ArrayList<>();
        List<Selectors> named = named(door);
        for (Selectors range : pieces(named)) {
            rows.add(row(door, OptionalLong.of(range.from()), OptionalLong.of(range.to()), range.from()));
        }
        rows.sort(Comparator.comparingLong(row -> row.example() == MINUS_ONE ? -1 : row.example()));
        long free = FREE;
        while (taken(named, free)) {
            free++;
        }
        rows.add(row(door, OptionalLong.empty(), OptionalLong.empty(), free));
        return rows;
    }

    private Row row(Door door, OptionalLong from, OptionalLong to, long example) {
        List<Cell> cells = columns.stream()
                .map(column -> Cell.of(column, door.instruction, door.register, example))
                .toList();
        return new Row(door.instruction, door.register, from, to, example, cells);
    }

    /** The values that some description has a function for, and -1. */
    private List<Selectors> named(Door door) {
        List<Selectors> named = new ArrayList<>();
        if (!door.register.isEmpty()) {
            named.add(new Selectors(MINUS_ONE, MINUS_ONE));
        }
        for (Column column : columns) {
            if (column.instruction().equals(door.instruction)
                    && column.selector().filter(door.register::equals).isPresent()) {
                column.abi().functions().stream().map(AbiFunction::selectors).forEach(named::addAll);
            }
        }
        return named;
    }

    /** The ranges cut at each other's ends. */
    private static List<Selectors> pieces(List<Selectors> named) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (Selectors range : named) {
            cuts.add(range.from());
            cuts.add(range.to() + 1);
        }
        List<Selectors> pieces = new ArrayList<>();
        Long from = null;
        for (Long cut : cuts) {
            if (from != null && taken(named, from)) {
                pieces.add(new Selectors(from, cut - 1));
            }
            from = cut;
        }
        return pieces;
    }

    private static boolean taken(List<Selectors> named, long value) {
        return named.stream().anyMatch(range -> range.contain(value));
    }
}
