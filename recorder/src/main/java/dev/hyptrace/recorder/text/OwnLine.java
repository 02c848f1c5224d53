package dev.hyptrace.recorder.text;

import java.nio.charset.StandardCharsets;

/**
 * Lines that hyptrace alone writes into the text of another tool, for what that tool has no line for. Others take them for chatter;
 * the importers of those texts read them back.
 *
 * <pre>
 * own := "hyptrace: gap: " reason | "hyptrace: note: " text | "hyptrace: cpu " n        what follows is of this processor
 * </pre>
 */
public final class OwnLine {
    private static final int MOST = 4096;
    private static final byte[] GAP = "hyptrace: gap: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTE = "hyptrace: note: ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CPU = "hyptrace: cpu ".getBytes(StandardCharsets.US_ASCII);
    private static final int CPU_DIGITS = 4;

    private OwnLine() {}

    /** The line that says which processor the next ones are of, without its end. */
    public static String cpu(int cpu) {
        return text(CPU) + cpu;
    }

    /** The line for a gap, without its end. */
    public static String gap(String reason) {
        return text(GAP) + printable(reason);
    }

    /** The line for a note, without its end. */
    public static String note(String text) {
        return text(NOTE) + printable(text);
    }

    /** The reason of the gap that the line tells; null when it tells none. */
    public static String gapIn(byte[] line, int from, int to, int most) {
        return behind(GAP, line, from, to, most);
    }

    /** The text of the note that the line holds; null when it holds none. */
    public static String noteIn(byte[] line, int from, int to, int most) {
        return behind(NOTE, line, from, to, most);
    }

    /** The processor that the line names; -1 when it names none. */
    public static int cpuIn(byte[] line, int from, int to) {
        String digits = behind(CPU, line, from, to, CPU_DIGITS + 1);
        return digits != null && digits.matches("\\d{1," + CPU_DIGITS + "}") ? Integer.parseInt(digits) : -1;
    }

    private static String behind(byte[] start, byte[] line, int from, int to, int most) {
        if (to - from < start.length) {
            return null;
        }
        for (int i = 0; i < start.length; i++) {
            if (line[from + i] != start[i]) {
                return null;
            }
        }
        return LineSource.printable(line, from + start.length, to, most);
    }

    /** A text that is one line whatever it was. */
    public static String printable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return LineSource.printable(bytes, 0, bytes.length, MOST);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
