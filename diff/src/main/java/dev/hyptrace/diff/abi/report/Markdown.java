package dev.hyptrace.diff.abi.report;

import java.util.List;
import java.util.stream.Collectors;

/** Text made fit for Markdown, so that nothing in it is taken for markup. */
public final class Markdown {
    private Markdown() {}

    /** A text with everything escaped that Markdown or HTML would take for markup, in one line. */
    public static String text(String text) {
        StringBuilder safe = new StringBuilder();
        text.replaceAll("\\s+", " ").strip().codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                safe.append("\\\\u{").append(Integer.toHexString(c)).append('}');
            } else if (c == '<' || c == '>' || c == '&') {
                safe.append(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
            } else {
                safe.append("\\`*_[]|~#!".indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
            }
        });
        return safe.toString().replaceFirst("^(\\d+)([.)])", "$1\\\\$2").replaceFirst("^([-+=])", "\\\\$1");
    }

    /** A row of a table. */
    public static String row(List<String> cells) {
        return cells.stream().map(Markdown::text).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** The line under the header of a table. */
    public static String rule(int columns) {
        return "|" + "---|".repeat(columns) + "\n";
    }
}
