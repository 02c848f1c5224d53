package dev.hyptrace.diff.report;

/** Makes text from recordings and images harmless for a terminal. */
public final class Printable {
    private static final int LONGEST = 400;

    private Printable() {}

    /**
     * The text with everything escaped that is not a visible character or a blank: control characters and escape sequences,
     * characters that change the direction of text or do not show, halves of surrogate pairs. What is longer than
     * {@value #LONGEST} characters is cut.
     */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().limit(LONGEST).forEach(c -> append(printable, c));
        return text.codePointCount(0, text.length()) > LONGEST ? printable + "..." : printable.toString();
    }

    private static void append(StringBuilder printable, int codePoint) {
        if (isVisible(codePoint)) {
            printable.appendCodePoint(codePoint);
        } else {
            printable.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
