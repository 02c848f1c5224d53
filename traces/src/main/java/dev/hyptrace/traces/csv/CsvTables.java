package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes traces as tables and reads tables as events. */
public final class CsvTables {
    /** What {@link TraceHeader#source} is for a trace read from a table. */
    public static final String SOURCE = "csv";

    static final int MAX_CPU = 1023;

    private CsvTables() {}

    /** Writes one row per hypercall. The trace is read twice. */
    public static void writeHypercalls(Trace trace, Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
        HypercallTable.write(trace, printer);
        printer.flush();
    }

    /** Writes one row per step. The trace is read twice; events other than steps and gaps have no place in this table. */
    public static void writeSteps(Trace trace, Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
        StepTable.write(trace, printer);
        printer.flush();
    }

    /**
     * Reads a table of either kind. The rows before a mistake have been handed over when it is found.
     *
     * @param name what to call the input in messages
     * @param in UTF-8, not closed
     * @param sink takes the events
     * @return how many rows were read
     * @throws TraceFormatException when it is no such table; the message names line and column
     */
    public static long read(String name, InputStream in, EventSink sink) throws IOException {
        CsvRows rows = CsvRows.open(name, in);
        if (StepTable.isHeader(rows.columns())) {
            return StepTable.read(rows, sink);
        }
        if (HypercallTable.isHeader(rows.columns())) {
            return HypercallTable.read(rows, sink);
        }
        throw new TraceFormatException(
                name,
                "line 1",
                "no column is called 'site' (a table of hypercalls) or 'address' (a table of steps), expected one of them");
    }

    /** The header of a trace read from a table. */
    public static TraceHeader header() {
        return TraceHeader.of(SOURCE);
    }

    static int processor(String cell) {
        return cell.isEmpty() ? 0 : Cells.number(cell, MAX_CPU);
    }
}
