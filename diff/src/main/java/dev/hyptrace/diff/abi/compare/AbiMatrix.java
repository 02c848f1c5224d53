package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.compare.Cell.State;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.Abi.Architecture;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Descriptions side by side.
 *
 * @param columns the descriptions, at least one
 * @param rows values of the selector
 * @param hazards what callers may not assume: for each ordered pair of descriptions
 */
public record AbiMatrix(List<Column> columns, List<Row> rows, List<Hazard> hazards) {
    public AbiMatrix {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        hazards = List.copyOf(hazards);
    }

    /** Compares descriptions. */
    public static AbiMatrix of(List<Column> columns) {
        List<Hazard> hazards = new ArrayList<>();
        for (int caller = 0; caller < columns.size(); caller++) {
            for (int party = 0; party < columns.size(); party++) {
                if (caller != party) {
                    hazards.addAll(Hazards.of(columns.get(caller), columns.get(party)));
                }
            }
        }
        return new AbiMatrix(columns, Rows.of(columns), hazards);
    }

    /**
     * What a description says of a value.
     *
     * @param register the selector, as a register of AArch32
     * @throws IllegalArgumentException when calls of no description are told apart by this register
     */
    public Cell cell(String register, long selector, int column) {
        List<Row> own =
                rows.stream().filter(row -> row.register().equals(register)).toList();
        return own.stream()
                .filter(row -> row.contains(selector))
                .findFirst()
                .or(() -> own.stream().filter(row -> row.from().isEmpty()).findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no row for " + register))
                .cells()
                .get(column);
    }

    /** Whether every description says the same of every call, of what it loses, and of the vectors. */
    public boolean isSame() {
        Column first = columns.get(0);
        return rows.stream().allMatch(this::isSame)
                && columns.stream().allMatch(column -> isSameParty(first, column))
                && hazards.isEmpty();
    }

    private static boolean isSameParty(Column first, Column other) {
        boolean sameCalls = first.instruction().equals(other.instruction())
                && first.abi().entry().immediates().equals(other.abi().entry().immediates())
                && first.selector().equals(other.selector());
        return sameCalls && PartyHazards.contract(first).equals(PartyHazards.contract(other));
    }

    /** Whether every description does the same with a value. Nothing is known of what two of them do not settle. */
    public boolean isSame(Row row) {
        Cell first = row.cells().get(0);
        for (int i = 0; i < columns.size(); i++) {
            Cell cell = row.cells().get(i);
            if (cell.state() != first.state() || !behaviour(row, i).equals(behaviour(row, 0))) {
                return false;
            }
        }
        return true;
    }

    private Optional<Behaviour> behaviour(Row row, int column) {
        return row.cells()
                .get(column)
                .function()
                .map(function -> row.behaviour(columns.get(column).abi(), function));
    }

    /** Whether some cell is left open. */
    public boolean hasOpen() {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.state() == State.NOT_SETTLED || cell.state() == State.PARTLY_SETTLED);
    }

    /** Whether registers of AArch64 are compared with those of AArch32. */
    public boolean isMixed() {
        return columns.stream()
                                .map(Column::abi)
                                .map(Abi::architecture)
                                .distinct()
                                .count()
                        > 1
                || columns.get(0).abi().architecture() == Architecture.AARCH64;
    }

    /** The vectors at which not all descriptions that settle it do the same; none where tables of two architectures are compared. */
    public List<Integer> differingVectors() {
        List<Integer> offsets = new ArrayList<>();
        if (!isMixed()) {
            for (int offset = 0; offset < 0x20; offset += 4) {
                int at = offset;
                long different = columns.stream()
                        .filter(column -> column.settles(at))
                        .map(column -> column.vector(at))
                        .distinct()
                        .count();
                if (different > 1) {
                    offsets.add(offset);
                }
            }
        }
        return offsets;
    }

    /** The names of functions without what Linux puts before them, and the number of each in each description. */
    public List<List<String>> numbers() {
        List<String> names = columns.stream()
                .flatMap(column -> column.abi().functions().stream())
                .map(AbiMatrix::plainName)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        List<List<String>> table = new ArrayList<>();
        for (String name : names) {
            List<String> line = new ArrayList<>(List.of(name));
            columns.forEach(column -> line.add(number(column, name)));
            table.add(List.copyOf(line));
        }
        return table;
    }

    private static String number(Column column, String name) {
        String own = number(column.abi(), name);
        return column.alternatives().stream()
                        .allMatch(other -> number(other, name).equals(own))
                ? own
                : "?";
    }

    private static String number(Abi abi, String name) {
        return abi.functions().stream()
                .filter(function -> plainName(function).equals(name))
                .map(FunctionText::selectors)
                .findFirst()
                .orElse("-");
    }

    private static String plainName(AbiFunction function) {
        return function.name().startsWith("HVC_") ? function.name().substring(4) : function.name();
    }
}
