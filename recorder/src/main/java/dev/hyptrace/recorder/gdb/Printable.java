package dev.hyptrace.recorder.gdb;

/** Foreign text made fit for a message. */
final class Printable {
    private static final int LONGEST = 60;

    private Printable() {}

    /** The text without control or non-ASCII characters, cut to 60. */
    static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[^ -~]", "?");
    }
}
