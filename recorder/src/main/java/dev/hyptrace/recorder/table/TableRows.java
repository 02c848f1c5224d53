package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.text.Gzip;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.csv.RecordLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a table, and where the columns of its map are in them. */
final class TableRows {

    private final String name;
    private final RecordLimit limit;
    private final int skipped;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header = new ArrayList<>();
    private CSVRecord record;
    private long line = 1;

    private TableRows(String name, RecordLimit limit, ColumnMap map) throws IOException {
        this.name = name;
        this.limit = limit;
        this.skipped = skip(map.skip);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(map.separator)
                .setQuote(map.quote)
                .setIgnoreEmptyLines(true)
                .get();
        this.parser = CSVParser.builder().setReader(limit).setFormat(format).get();
        this.records = parser.iterator();
    }

    /**
     * Opens a table and goes to its first row.
     *
     * @throws TraceFormatException when the header has not the columns of the map
     */
    static TableRows open(String name, InputStream in, ColumnMap map) throws IOException {
        RecordLimit limit =
                new RecordLimit(new BufferedReader(new InputStreamReader(Gzip.inflating(in), StandardCharsets.UTF_8)));
        TableRows rows = new TableRows(name, limit, map);
        if (map.header) {
            rows.takeHeader();
        }
        return rows;
    }

    private int skip(int lines) throws IOException {
        for (int n = 0; n < lines; n++) {
            if (!skipLine(n + 1)) {
                throw new TraceFormatException(
                        name, "line " + (n + 1), "the file ends, expected more than " + lines + " lines");
            }
        }
        return lines;
    }

    private boolean skipLine(int number) throws TraceFormatException {
        try {
            int character = limit.read();
            for (; character >= 0 && character != '\n'; character = limit.read()) {}
            limit.recordEnded();
            return character >= 0;
        } catch (IOException e) {
            throw new TraceFormatException(name, "line " + number, "no row of a table: " + e.getMessage());
        }
    }

    private void takeHeader() throws IOException {
        if (!next()) {
            throw new TraceFormatException(
                    name, "line " + (skipped + 1), "the file ends, expected the header of a table");
        }
        record.forEach(cell -> header.add(cell.replace("\ufeff", "").strip()));
    }

    /**
     * Where a column of the map is, from 0.
     *
     * @throws TraceFormatException when the header has no such column, or has it twice
     */
    int index(ColumnMap map, ColumnMap.Column column) throws TraceFormatException {
        if (column.number() > 0) {
            return column.number() - 1;
        }
        int found = -1;
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(column.name())) {
                if (found >= 0) {
                    throw missing(map, column, "two columns are called " + column + ", expected a number such as #1");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw missing(map, column, "no column is called " + column + ", expected one of " + headerText());
        }
        return found;
    }

    private TraceFormatException missing(ColumnMap map, ColumnMap.Column column, String problem) {
        return new TraceFormatException(
                name, "line " + line, problem + " (" + map.file() + ": line " + column.line() + ")");
    }

    private String headerText() {
        String text = String.join(", ", header);
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    /**
     * Goes to the next row.
     *
     * @return false after the last
     * @throws TraceFormatException when what follows is no row
     */
    boolean next() throws IOException {
        limit.recordEnded();
        line = skipped + parser.getCurrentLineNumber() + 1;
        try {
            if (!records.hasNext()) {
                return false;
            }
            record = records.next();
            return true;
        } catch (UncheckedIOException e) {
            throw new TraceFormatException(
                    name, "line " + line, "no row of a table: " + e.getCause().getMessage());
        } catch (IllegalStateException e) {
            throw new TraceFormatException(name, "line " + line, "no row of a table: " + e.getMessage());
        }
    }

    /** The text of a cell, without blanks around it; empty when the row is shorter. */
    String cell(int index) {
        return index < record.size() ? record.get(index).strip() : "";
    }

    /** What a column is called in messages. */
    String columnName(int index) {
        return "column " + (index + 1) + (index < header.size() ? " (" + header.get(index) + ")" : "");
    }

    /** All of the row, for a note. */
    String text() {
        return String.join(
                " ",
                record.toList().stream()
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList());
    }

    /** The line that the row begins in. */
    long line() {
        return line;
    }

    /** How many characters were read. */
    long characters() {
        return record == null ? 0 : record.getCharacterPosition();
    }
}
