package dev.hyptrace.diff.abi.document;

import dev.hyptrace.diff.abi.document.AbiDocument.Block;
import dev.hyptrace.diff.abi.document.AbiDocument.Call;
import dev.hyptrace.diff.abi.document.AbiDocument.Items;
import dev.hyptrace.diff.abi.document.AbiDocument.Paragraph;
import dev.hyptrace.diff.abi.document.AbiDocument.Proof;
import dev.hyptrace.diff.abi.document.AbiDocument.Section;
import dev.hyptrace.diff.abi.document.AbiDocument.Table;
import dev.hyptrace.diff.report.Printable;
import java.io.IOException;
import java.util.List;

/**
 * A document as one HTML file that needs no other: no script, no font, no picture. What comes from the description is text,
 * whatever it holds.
 */
public final class DocumentHtml {
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #c8ccd2; --soft: #5a6472; --call: #eef1f5; }
            @media (prefers-color-scheme: dark) { :root { --line: #444b55; --soft: #a3adba; --call: #262b32; } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
            nav { columns: 2; font-size: .9rem; } nav a { display: block; }
            pre { background: var(--call); padding: .6rem .8rem; margin: 1.6rem 0 .6rem; overflow-x: auto;
              border-left: 4px solid var(--soft); font: .95rem/1.4 ui-monospace, monospace; }
            .proof { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
            th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
            @media print { nav { display: none; } body { max-width: none; margin: 0; font-size: 10.5pt; }
              pre, table, li { break-inside: avoid; } h2 { break-after: avoid; } }
            """;

    private final Appendable out;

    private DocumentHtml(Appendable out) {
        this.out = out;
    }

    /** Writes it. */
    public static void write(AbiDocument document, Appendable out) throws IOException {
        new DocumentHtml(out).all(document);
    }

    private void all(AbiDocument document) throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        element("title", document.title());
        out.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        element("h1", document.title());
        contents(document.sections());
        for (int i = 0; i < document.sections().size(); i++) {
            Section section = document.sections().get(i);
            out.append("<section id=\"s").append(Integer.toString(i + 1)).append("\">\n");
            element("h2", section.title());
            for (Block block : section.blocks()) {
                block(block);
            }
            out.append("</section>\n");
        }
        out.append("</body>\n</html>\n");
    }

    private void contents(List<Section> sections) throws IOException {
        out.append("<nav>\n");
        for (int i = 0; i < sections.size(); i++) {
            out.append("<a href=\"#s").append(Integer.toString(i + 1)).append("\">");
            out.append(safe(sections.get(i).title())).append("</a>\n");
        }
        out.append("</nav>\n");
    }

    private void block(Block block) throws IOException {
        if (block instanceof Paragraph paragraph) {
            element("p", paragraph.text());
        } else if (block instanceof Items items) {
            out.append("<ul>\n");
            for (String item : items.texts()) {
                element("li", item);
            }
            out.append("</ul>\n");
        } else if (block instanceof Call call) {
            element("pre", String.join("\n", call.lines()));
        } else if (block instanceof Proof proof) {
            out.append("<p class=\"proof\">").append(safe(proof.text())).append("</p>\n");
        } else if (block instanceof Table table) {
            table(table);
        }
    }

    private void table(Table table) throws IOException {
        out.append("<div class=\"wide\"><table>\n<tr>");
        for (String cell : table.header()) {
            out.append("<th>").append(safe(cell)).append("</th>");
        }
        out.append("</tr>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (String cell : row) {
                out.append("<td>").append(safe(cell)).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private void element(String name, String text) throws IOException {
        out.append('<')
                .append(name)
                .append('>')
                .append(safe(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    /** Text with nothing in it that HTML takes for markup, or a reader does not see. */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n' -> safe.append('\n');
                default -> safe.append(Printable.of(Character.toString(c)));
            }
        });
        return safe.toString();
    }
}
