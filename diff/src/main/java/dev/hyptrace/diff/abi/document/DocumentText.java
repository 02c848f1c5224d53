package dev.hyptrace.diff.abi.document;

import dev.hyptrace.diff.abi.document.AbiDocument.Block;
import dev.hyptrace.diff.abi.document.AbiDocument.Call;
import dev.hyptrace.diff.abi.document.AbiDocument.Items;
import dev.hyptrace.diff.abi.document.AbiDocument.Paragraph;
import dev.hyptrace.diff.abi.document.AbiDocument.Proof;
import dev.hyptrace.diff.abi.document.AbiDocument.Section;
import dev.hyptrace.diff.abi.document.AbiDocument.Table;
import dev.hyptrace.diff.abi.report.Wrapped;
import dev.hyptrace.diff.report.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A document as plain text, in the manner of the kernel's Documentation files. */
public final class DocumentText {
    private static final int WIDTH = 80;
    private static final String GAP = "  ";

    private final Appendable out;
    private String indent = "";

    private DocumentText(Appendable out) {
        this.out = out;
    }

    /** Writes it. */
    public static void write(AbiDocument document, Appendable out) throws IOException {
        new DocumentText(out).all(document);
    }

    private void all(AbiDocument document) throws IOException {
        title(document.title(), '=');
        for (Section section : document.sections()) {
            line("");
            indent = "";
            title(section.title(), '-');
            for (Block block : section.blocks()) {
                line("");
                block(block);
            }
        }
    }

    private void title(String title, char rule) throws IOException {
        String text = Printable.of(title);
        line(text);
        line(String.valueOf(rule).repeat(Math.min(WIDTH, text.length())));
    }

    private void block(Block block) throws IOException {
        if (block instanceof Paragraph paragraph) {
            text(indent, paragraph.text());
        } else if (block instanceof Items items) {
            for (String item : items.texts()) {
                text(indent + "- ", item);
            }
        } else if (block instanceof Call call) {
            indent = "";
            for (int i = 0; i < call.lines().size(); i++) {
                line((i == 0 ? "* " : "  ") + Printable.of(call.lines().get(i)));
            }
            indent = "  ";
        } else if (block instanceof Proof proof) {
            text(indent, "[" + proof.text() + "]");
        } else if (block instanceof Table table) {
            table(table);
        }
    }

    private void text(String first, String text) throws IOException {
        out.append(Wrapped.hanging(first, printable(text), WIDTH));
    }

    /** Long texts are not cut: each word is made harmless by itself. */
    private static String printable(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            words.add(Printable.of(word));
        }
        return String.join(" ", words);
    }

    private void table(Table table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(table.header());
        rows.addAll(table.rows());
        int[] widths = new int[table.header().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Printable.of(row.get(i)).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = Printable.of(row.get(i));
                line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
            }
            line(line.toString().stripTrailing());
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
