package dev.hyptrace.diff.report;

import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** Writes lines of text, and wraps sentences. */
final class Lines {
    private final Writer out;
    private final int width;

    Lines(Writer out, int width) {
        this.out = out;
        this.width = width;
    }

    void line(String text) throws IOException {
        out.write(text.stripTrailing());
        out.write('\n');
    }

    void blank() throws IOException {
        out.write('\n');
    }

    /** A paragraph, each of its lines indented by the same number of blanks. */
    void paragraph(int indent, String text) throws IOException {
        paragraph(indent, text, line -> line);
    }

    /** A paragraph of which each line is painted. */
    void paragraph(int indent, String text, UnaryOperator<String> paint) throws IOException {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && indent + line.length() + 1 + word.length() > width) {
                line(paint.apply(" ".repeat(indent) + line));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(paint.apply(" ".repeat(indent) + line));
    }
}
