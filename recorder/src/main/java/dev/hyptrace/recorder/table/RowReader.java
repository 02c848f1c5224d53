package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.table.ColumnMap.Column;
import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.traces.TraceFormatException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads the cells that the map names, and gives each row to its processor. */
final class RowReader {
    private final TextOutput out;
    private final TableRows rows;
    private final ColumnMap map;
    private final Cells cells;
    private final int[] indexes;
    private final Map<Integer, TableProcessor> processors = new TreeMap<>();
    private int column;

    RowReader(TextOutput out, TableRows rows, ColumnMap map) throws TraceFormatException {
        this.out = out;
        this.rows = rows;
        this.map = map;
        this.cells = new Cells(map);
        this.indexes = new int[map.columns.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = rows.index(map, map.columns.get(i));
        }
    }

    /** The row that the table is at. */
    void row() {
        try {
            column = -1;
            TableRow row = read();
            processor(row.cpu).row(row, rows::text);
        } catch (IllegalArgumentException e) {
            String where = column < 0 ? "" : rows.columnName(column) + ": ";
            out.problem(rows.line(), where + e.getMessage());
            processor(map.cpu);
            processors.values().forEach(TableProcessor::lost);
        }
    }

    void end() {
        processors.values().forEach(TableProcessor::end);
    }

    private TableProcessor processor(int cpu) {
        return processors.computeIfAbsent(
                cpu, n -> new TableProcessor(n, out, map, new RowState(cells, n2 -> column = n2)));
    }

    private TableRow read() {
        TableRow row = new TableRow();
        row.cpu = map.cpu;
        Map<Integer, String> names = new TreeMap<>();
        Map<Integer, Integer> values = new TreeMap<>();
        for (int i = 0; i < indexes.length; i++) {
            column = indexes[i];
            String cell = rows.cell(column);
            if (!cells.isUnknown(cell)) {
                take(row, map.columns.get(i), cell, names, values);
            }
        }
        for (Map.Entry<Integer, String> name : names.entrySet()) {
            if (values.containsKey(name.getKey())) {
                column = values.get(name.getKey());
                row.call.add(new TableRow.Write(target(name.getValue()), rows.cell(column), column));
            }
        }
        column = -1;
        return row;
    }

    private void take(
            TableRow row, Column mapped, String cell, Map<Integer, String> names, Map<Integer, Integer> values) {
        Role role = mapped.role();
        switch (role.kind()) {
            case ADDRESS -> row.address = Optional.of(cells.address(cell));
            case ENCODING -> row.encoding = Optional.of(cells.encoding(cell));
            case SET -> row.set = Optional.of(cells.set(cell));
            case MODE -> row.mode = Optional.of(cells.modeOf(cell));
            case CPU -> row.cpu = cells.processor(cell);
            case TIME -> row.time = cell;
            case NOTE -> row.note = cell;
            case KIND -> row.kind = cell;
            case GAP -> row.gap = cell;
            case IMMEDIATE -> row.immediate = OptionalInt.of(cells.immediate(cell));
            case REGISTER -> names.put(role.pair(), cell);
            case VALUE -> values.put(role.pair(), column);
            case FIXED_NAME ->
                row.writes(role.moment()).add(new TableRow.Write(role.target().orElseThrow(), cell, column));
        }
    }

    private static RegisterTarget target(String name) {
        return RegisterTarget.named(name).orElseThrow(() -> Cells.found(name, "a register such as R0, SP_svc, HSR"));
    }
}
