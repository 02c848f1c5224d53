package dev.hyptrace.diff.abi.report;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width. */
public final class Wrapped {
    private Wrapped() {}

    /** The words of a text in lines of at most a width; a longer word has a line of its own. At least one line. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** A paragraph whose first line begins with a bullet or a name, and whose other lines stand under its text. */
    public static String hanging(String first, String text, int width) {
        StringBuilder out = new StringBuilder();
        String indent = " ".repeat(first.length());
        for (String line : lines(text, width - first.length())) {
            out.append(out.length() == 0 ? first : indent).append(line).append('\n');
        }
        return out.toString();
    }
}
