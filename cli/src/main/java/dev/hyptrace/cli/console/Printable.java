package dev.hyptrace.cli.console;

/** Text of unknown origin made fit for a terminal. */
public final class Printable {
    private Printable() {}

    /**
     * The text with each character that could move a cursor, ring a bell, reorder or hide other text, or end the line written as
     * {@code \xNN} or {@code \\uNNNN}.
     */
    public static String line(String text) {
        return escape(text, false);
    }

    /** As {@link #line}, but line feeds and tabs stay. */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(c -> isUnsafe(c, keepLines))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c, keepLines));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c, boolean keepLines) {
        if (!isUnsafe(c, keepLines)) {
            safe.appendCodePoint(c);
        } else if (c < 0x100) {
            safe.append("\\x").append(hex(c, 2));
        } else {
            safe.append("\\u").append(hex(c, 4));
        }
    }

    private static String hex(int c, int digits) {
        String text = Integer.toHexString(c);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static boolean isUnsafe(int c, boolean keepLines) {
        if (c == '\n' || c == '\t') {
            return !keepLines;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
