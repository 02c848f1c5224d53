package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.TraceFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The columns of a table that is read which are no registers. A table can lack any of them. */
final class FixedColumns {
    private final CsvRows rows;
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    FixedColumns(CsvRows rows, List<String> names) {
        this.rows = rows;
        this.names = names;
    }

    /** Takes a column if it has one of the names. */
    boolean take(int column, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return names.contains(lower) && places.put(lower, column) == null;
    }

    /** The text of a cell; empty when the table lacks the column. */
    String text(String name) {
        Integer place = places.get(name);
        return place == null ? "" : rows.cell(place);
    }

    /** What the parser makes of a cell; what it throws is said with the cell's position. */
    <T> T parse(String name, Function<String, T> parser) throws TraceFormatException {
        try {
            return parser.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw error(name, e.getMessage());
        }
    }

    TraceFormatException error(String name, String problem) {
        return rows.error(places.getOrDefault(name, 0), problem);
    }
}
