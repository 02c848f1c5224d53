package dev.hyptrace.diff.abi.document;

import dev.hyptrace.diff.abi.document.AbiDocument.Block;
import dev.hyptrace.diff.abi.document.AbiDocument.Call;
import dev.hyptrace.diff.abi.document.AbiDocument.Items;
import dev.hyptrace.diff.abi.document.AbiDocument.Paragraph;
import dev.hyptrace.diff.abi.document.AbiDocument.Proof;
import dev.hyptrace.diff.abi.document.AbiDocument.Section;
import dev.hyptrace.diff.abi.document.AbiDocument.Table;
import dev.hyptrace.diff.abi.report.Markdown;
import java.io.IOException;
import java.util.List;

/** A document in Markdown. */
public final class DocumentMarkdown {
    private final Appendable out;

    private DocumentMarkdown(Appendable out) {
        this.out = out;
    }

    /** Writes it. */
    public static void write(AbiDocument document, Appendable out) throws IOException {
        new DocumentMarkdown(out).all(document);
    }

    private void all(AbiDocument document) throws IOException {
        out.append("# ").append(Markdown.text(document.title())).append('\n');
        for (Section section : document.sections()) {
            out.append("\n## ").append(Markdown.text(section.title())).append('\n');
            for (Block block : section.blocks()) {
                out.append('\n');
                block(block);
            }
        }
    }

    private void block(Block block) throws IOException {
        if (block instanceof Paragraph paragraph) {
            out.append(Markdown.text(paragraph.text())).append('\n');
        } else if (block instanceof Items items) {
            for (String item : items.texts()) {
                out.append("- ").append(Markdown.text(item)).append('\n');
            }
        } else if (block instanceof Call call) {
            out.append("### ")
                    .append(Markdown.text(String.join(", ", call.lines())))
                    .append('\n');
        } else if (block instanceof Proof proof) {
            out.append('*').append(Markdown.text(proof.text())).append("*\n");
        } else if (block instanceof Table table) {
            out.append(Markdown.row(table.header()))
                    .append(Markdown.rule(table.header().size()));
            for (List<String> row : table.rows()) {
                out.append(Markdown.row(row));
            }
        }
    }
}
