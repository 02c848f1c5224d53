package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports tables that a {@link ColumnMap} explains, plain or compressed with gzip.
 *
 * <p>{@link TableRows} parses rows, {@link RowReader} reads what the map says they have, {@link TableProcessor} makes events of
 * the rows of one processor.
 */
public final class MappedTable {
    /** The value of {@link TraceHeader#source} for what was imported from such a table. */
    public static final String SOURCE = "table";

    private MappedTable() {}

    /**
     * Reads a whole table, in memory that does not depend on its length. The stream is left open.
     *
     * @param name what to call it in messages
     * @throws TraceFormatException when it has not the columns that the map names, or is no table; the rows before have been
     *     handed over
     * @throws IOException when the stream or the sink fails
     */
    public static TextReport read(String name, InputStream in, ColumnMap map, EventSink sink) throws IOException {
        TextOutput out = new TextOutput(name);
        out.recognise();
        TableRows rows = TableRows.open(name, in, map);
        RowReader reader = new RowReader(out, rows, map);
        while (rows.next()) {
            reader.row();
            deliver(out, sink);
        }
        reader.end();
        deliver(out, sink);
        return out.report(rows.line(), rows.characters());
    }

    private static void deliver(TextOutput out, EventSink sink) throws IOException {
        for (Event event = out.poll(); event != null; event = out.poll()) {
            sink.accept(event);
        }
    }

    /** The header of a recording imported from a table: a table does not say what wrote it. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }
}
