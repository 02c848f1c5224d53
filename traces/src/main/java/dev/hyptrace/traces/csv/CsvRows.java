package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.TraceFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a table that is read, with the position of each for messages. */
final class CsvRows {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private final String name;
    private final RecordLimit limit;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> columns;

    private CSVRecord record;
    private long line = 1;

    private CsvRows(String name, RecordLimit limit) throws IOException {
        this.name = name;
        this.limit = limit;
        this.parser = CSVParser.builder().setReader(limit).setFormat(FORMAT).get();
        this.records = parser.iterator();
        if (!next()) {
            throw new TraceFormatException(name, "line 1", "the file is empty, expected the header of a table");
        }
        this.columns = record.toList().stream()
                .map(column -> column.strip().replace("\ufeff", ""))
                .toList();
        rejectDuplicates();
    }

    static CsvRows open(String name, InputStream in) throws IOException {
        InputStreamReader utf8 = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new CsvRows(name, new RecordLimit(new BufferedReader(utf8)));
    }

    private void rejectDuplicates() throws TraceFormatException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!seen.add(columns.get(i).toLowerCase(Locale.ROOT))) {
                throw error(i, "this column is there twice");
            }
        }
    }

    /** The names in the header. */
    List<String> columns() {
        return columns;
    }

    /**
     * Goes to the next row.
     *
     * @return false after the last
     * @throws TraceFormatException when what follows is no row, or has another number of cells than the header
     */
    boolean next() throws IOException {
        limit.recordEnded();
        line = parser.getCurrentLineNumber() + 1;
        try {
            if (!records.hasNext()) {
                return false;
            }
            record = records.next();
        } catch (UncheckedIOException e) {
            throw new TraceFormatException(name, "line " + line, problem(e.getCause()));
        } catch (IllegalStateException e) {
            throw new TraceFormatException(name, "line " + line, "no CSV row: " + e.getMessage());
        }
        if (columns != null && record.size() != columns.size()) {
            throw new TraceFormatException(
                    name, "line " + line, record.size() + " cells, expected " + columns.size() + " as in the header");
        }
        return true;
    }

    private static String problem(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "bytes that are no UTF-8 text";
        }
        return "no CSV row: " + e.getMessage();
    }

    /** The text of a cell, without blanks around it. */
    String cell(int column) {
        return record.get(column).strip();
    }

    /** What is wrong with a cell, with its position. */
    TraceFormatException error(int column, String problem) {
        String position = "line " + line + ", column " + (column + 1);
        return new TraceFormatException(name, position + " (" + columns.get(column) + ")", problem);
    }
}
