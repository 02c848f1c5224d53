package dev.hyptrace.cli.importing;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.csv.CsvTables;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tables of hypercalls or steps. */
final class CsvImporter implements Importer {
    private static final Set<String> NEEDED = Set.of("site", "address");

    private final String name;

    CsvImporter(String name) {
        this.name = name;
    }

    /** Whether a file that begins like this has the column that such a table needs. */
    static boolean looksLike(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).replace("\ufeff", "");
        String first = text.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
        return Arrays.stream(first.split(","))
                .map(cell -> cell.strip().replace("\"", ""))
                .anyMatch(NEEDED::contains);
    }

    @Override
    public TraceHeader header() {
        return CsvTables.header();
    }

    @Override
    public void read(InputStream in, EventSink sink) throws IOException {
        CsvTables.read(name, new BufferedInputStream(in), sink);
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public long problemCount() {
        return 0;
    }
}
