package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.compare.AbiMatrix;
import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.compare.Correspondence;
import dev.hyptrace.diff.abi.compare.Hazard;
import dev.hyptrace.diff.abi.compare.Row;
import dev.hyptrace.diff.abi.compare.Vectors;
import dev.hyptrace.diff.report.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison of descriptions for a terminal: columns while they fit, else a block for each row. */
public final class CompareText {
    private static final int WIDTH = 120;
    private static final int NARROWEST = 24;
    private static final String GAP = "  ";

    private final Appendable out;
    private final AbiMatrix matrix;

    private CompareText(Appendable out, AbiMatrix matrix) {
        this.out = out;
        this.matrix = matrix;
    }

    /** Writes it. */
    public static void write(AbiMatrix matrix, Appendable out) throws IOException {
        new CompareText(out, matrix).all();
    }

    private void all() throws IOException {
        line(matrix.isSame() ? "SAME: every call, vector and contract." : "DIFFERENT");
        line("");
        columns();
        matrix();
        vectors();
        numbers();
        legend();
        hazards();
        uncertain();
    }

    private void columns() throws IOException {
        int label = matrix.columns().stream()
                .mapToInt(c -> c.label().length())
                .max()
                .orElse(0);
        for (Column column : matrix.columns()) {
            String note = column.note().isEmpty() ? "" : " (" + column.note() + ")";
            hanging(pad(column.label(), label) + GAP, column.abi().title() + "; " + column.entry() + note);
        }
        line("");
    }

    private void matrix() throws IOException {
        List<List<String>> table = new ArrayList<>();
        for (Row row : matrix.rows()) {
            List<String> cells = new ArrayList<>(List.of(label(row.label(), matrix.isSame(row))));
            row.cells().forEach(cell -> cells.add(cell.text()));
            table.add(cells);
        }
        table("call", table);
    }

    private static String label(String label, boolean isSame) {
        return isSame ? "  " + label : "* " + label;
    }

    private void vectors() throws IOException {
        List<List<String>> table = new ArrayList<>();
        for (int offset : matrix.differingVectors()) {
            List<String> cells = new ArrayList<>(List.of("* " + Vectors.offset(offset)));
            matrix.columns().forEach(column -> cells.add(column.vector(offset)));
            table.add(cells);
        }
        if (!table.isEmpty()) {
            line("");
            table("vector", table);
        }
    }

    private void numbers() throws IOException {
        List<List<String>> numbers = matrix.numbers();
        if (!numbers.isEmpty()) {
            line("");
            table("function", numbers);
        }
    }

    private void table(String corner, List<List<String>> rows) throws IOException {
        int first = Math.max(corner.length(), longest(rows));
        int count = matrix.columns().size();
        int width = (WIDTH - first) / count - GAP.length();
        if (width >= NARROWEST || fits(rows, width)) {
            List<String> header = new ArrayList<>(List.of(corner));
            matrix.columns().forEach(column -> header.add(column.label()));
            grid(header, first, width);
            for (List<String> row : rows) {
                grid(row, first, width);
            }
        } else {
            for (List<String> row : rows) {
                block(row);
            }
        }
    }

    private static int longest(List<List<String>> rows) {
        return rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
    }

    private boolean fits(List<List<String>> rows, int width) {
        return rows.stream().flatMap(row -> row.stream().skip(1)).allMatch(cell -> cell.length() <= width)
                && matrix.columns().stream().allMatch(column -> column.label().length() <= width);
    }

    private void grid(List<String> cells, int first, int width) throws IOException {
        List<List<String>> wrapped = new ArrayList<>();
        wrapped.add(List.of(cells.get(0)));
        cells.stream().skip(1).forEach(cell -> wrapped.add(Wrapped.lines(cell, width)));
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < wrapped.size(); column++) {
                List<String> lines = wrapped.get(column);
                String part = i < lines.size() ? lines.get(i) : "";
                line.append(column == 0 ? pad(part, first) : GAP + pad(part, width));
            }
            line(line.toString().stripTrailing());
        }
    }

    /** The row, and under it each thing that is said with those that say it. */
    private void block(List<String> row) throws IOException {
        line(row.get(0));
        Map<String, List<String>> sayings = new LinkedHashMap<>();
        for (int i = 1; i < row.size(); i++) {
            sayings.computeIfAbsent(row.get(i), key -> new ArrayList<>())
                    .add(matrix.columns().get(i - 1).label());
        }
        for (Map.Entry<String, List<String>> saying : sayings.entrySet()) {
            hanging("    ", String.join(", ", saying.getValue()) + ":");
            hanging("        ", saying.getKey());
        }
    }

    private void legend() throws IOException {
        line("");
        line("*: not all do the same. ;: all of it happens. What is not named is kept.");
        if (matrix.hasOpen()) {
            line("?NAME, not settled: the description does not say.");
        }
        if (matrix.isMixed()) {
            hanging("", Correspondence.describe());
        }
    }

    private void hazards() throws IOException {
        String pair = "";
        for (Hazard hazard : matrix.hazards()) {
            String own = hazard.caller() + " on " + hazard.party();
            if (!own.equals(pair)) {
                line("");
                line(own);
                pair = own;
            }
            hanging("  - ", hazard.sentence());
        }
    }

    private void uncertain() throws IOException {
        boolean first = true;
        for (Column column : matrix.columns()) {
            for (String sentence : column.abi().uncertain()) {
                if (first) {
                    line("");
                    line("Not certain");
                    first = false;
                }
                hanging("  - ", column.label() + ": " + sentence);
            }
        }
    }

    private void hanging(String first, String text) throws IOException {
        for (String line : Wrapped.hanging(first, text, WIDTH).split("\n")) {
            line(line);
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void line(String text) throws IOException {
        out.append(Printable.of(text)).append('\n');
    }
}
