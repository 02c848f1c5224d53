package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.compare.AbiMatrix;
import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.compare.Correspondence;
import dev.hyptrace.diff.abi.compare.Hazard;
import dev.hyptrace.diff.abi.compare.Row;
import dev.hyptrace.diff.abi.compare.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison of descriptions in Markdown. */
public final class CompareMarkdown {
    private final Appendable out;
    private final AbiMatrix matrix;

    private CompareMarkdown(Appendable out, AbiMatrix matrix) {
        this.out = out;
        this.matrix = matrix;
    }

    /** Writes it. */
    public static void write(AbiMatrix matrix, Appendable out) throws IOException {
        new CompareMarkdown(out, matrix).all();
    }

    private void all() throws IOException {
        String labels = matrix.columns().stream().map(Column::label).collect(Collectors.joining(", "));
        out.append("# ").append(Markdown.text(labels)).append("\n\n");
        for (Column column : matrix.columns()) {
            String note = column.note().isEmpty() ? "" : " (" + column.note() + ")";
            item(column.label() + ": " + column.abi().title() + "; " + column.entry() + note);
        }
        out.append('\n');
        header("call");
        for (Row row : matrix.rows()) {
            List<String> cells = new ArrayList<>(List.of((matrix.isSame(row) ? "" : "(differs) ") + row.label()));
            row.cells().forEach(cell -> cells.add(cell.text()));
            out.append(Markdown.row(cells));
        }
        vectors();
        if (matrix.isMixed()) {
            out.append('\n').append(Markdown.text(Correspondence.describe())).append('\n');
        }
        hazards();
    }

    private void vectors() throws IOException {
        List<Integer> offsets = matrix.differingVectors();
        if (offsets.isEmpty()) {
            return;
        }
        out.append('\n');
        header("vector");
        for (int offset : offsets) {
            List<String> cells = new ArrayList<>(List.of(Vectors.offset(offset)));
            matrix.columns().forEach(column -> cells.add(column.vector(offset)));
            out.append(Markdown.row(cells));
        }
    }

    private void header(String corner) throws IOException {
        List<String> header = new ArrayList<>(List.of(corner));
        matrix.columns().forEach(column -> header.add(column.label()));
        out.append(Markdown.row(header)).append(Markdown.rule(header.size()));
    }

    private void hazards() throws IOException {
        String pair = "";
        for (Hazard hazard : matrix.hazards()) {
            String own = hazard.caller() + " on " + hazard.party();
            if (!own.equals(pair)) {
                out.append("\n## ").append(Markdown.text(own)).append("\n\n");
                pair = own;
            }
            item(hazard.sentence());
        }
    }

    private void item(String text) throws IOException {
        out.append("- ").append(Markdown.text(text)).append('\n');
    }
}
