package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.compare.AbiMatrix;
import dev.hyptrace.diff.abi.compare.Row;
import dev.hyptrace.diff.report.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The matrix of a comparison as a table: a line for each call, a column for each description. */
public final class CompareCsv {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private CompareCsv() {}

    /** Writes it. */
    public static void write(AbiMatrix matrix, Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, FORMAT);
        List<String> header = new ArrayList<>(List.of("call", "same"));
        matrix.columns().forEach(column -> header.add(text(column.label())));
        csv.printRecord(header);
        for (Row row : matrix.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.label(), Boolean.toString(matrix.isSame(row))));
            row.cells().forEach(cell -> cells.add(text(cell.text())));
            csv.printRecord(cells);
        }
        csv.flush();
    }

    /** What a spreadsheet would take for a formula gets an apostrophe, which it takes for "this is text". */
    private static String text(String text) {
        String printable = Printable.of(text);
        return !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0 ? "'" + printable : printable;
    }
}
