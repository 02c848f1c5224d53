package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.HexDigits;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one line from left to right.
 *
 * <p>Every reader says with {@code false} that something else is there; the position is then where it was, except after
 * {@link #hex}, which may stand behind digits. A number that has been read is in {@link #value}.
 */
final class Fields {
    private static final byte[] DIGITS = digits();

    private byte[] line;
    private int position;
    private int end;
    private long value;

    /** Stands at the start of a line. */
    Fields at(byte[] buffer, int from, int to) {
        line = buffer;
        position = from;
        end = to;
        return this;
    }

    /** The last number read. */
    long value() {
        return value;
    }

    boolean atEnd() {
        return position == end;
    }

    boolean startsWith(byte[] text) {
        return end - position >= text.length && matches(line, position, text);
    }

    /** Steps over the text if it stands here. */
    boolean skip(byte[] text) {
        boolean found = startsWith(text);
        position += found ? text.length : 0;
        return found;
    }

    boolean skip(char character) {
        if (position == end || line[position] != character) {
            return false;
        }
        position++;
        return true;
    }

    /** Steps over any number of spaces. */
    void skipSpaces() {
        while (position < end && line[position] == ' ') {
            position++;
        }
    }

    /** Reads one to sixteen hexadecimal digits, with or without {@code 0x}; zeros before them do not count. */
    boolean hex() {
        if (end - position > 2 && line[position] == '0' && line[position + 1] == 'x') {
            position += 2;
        }
        int start = position;
        long number = 0;
        boolean fits = true;
        long word = end - position >= HexDigits.WORD ? HexDigits.word(line, position) : -1;
        if (word >= 0) {
            number = word;
            position += HexDigits.WORD;
        }
        for (; position < end && digit(line[position]) >= 0; position++) {
            fits &= number >>> 60 == 0;
            number = number << 4 | digit(line[position]);
        }
        value = number;
        return position > start && fits;
    }

    /** Reads a hexadecimal number of at most 32 bits. */
    boolean word() {
        return hex() && value >>> 32 == 0;
    }

    /** Reads exactly this many hexadecimal digits: the character behind them is none. */
    boolean digits(int count) {
        int start = position;
        if (hex() && position - start == count) {
            return true;
        }
        position = start;
        return false;
    }

    /** Reads two hexadecimal digits. */
    boolean octet() {
        if (end - position < 2 || (digit(line[position]) | digit(line[position + 1])) < 0) {
            return false;
        }
        value = (long) digit(line[position]) << 4 | digit(line[position + 1]);
        position += 2;
        return true;
    }

    /** Reads one to nine decimal digits. */
    boolean decimal() {
        int start = position;
        long number = 0;
        for (; position < end && line[position] >= '0' && line[position] <= '9'; position++) {
            number = position - start < 9 ? number * 10 + line[position] - '0' : Long.MAX_VALUE >>> 8;
        }
        value = number;
        return position > start && position - start <= 9;
    }

    /** Steps behind the next such character; false when there is none. */
    boolean skipPast(char character) {
        for (int i = position; i < end; i++) {
            if (line[i] == character) {
                position = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Reads up to the character, which must come, and steps over it. */
    String until(char character) {
        for (int i = position; i < end; i++) {
            if (line[i] == character) {
                String text = new String(line, position, i - position, StandardCharsets.ISO_8859_1);
                position = i + 1;
                return text;
            }
        }
        return null;
    }

    static boolean matches(byte[] line, int at, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (line[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int digit(byte character) {
        return DIGITS[character & 0xff];
    }

    private static byte[] digits() {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) Character.digit(i < 0x80 ? (char) i : ' ', 16);
        }
        return table;
    }
}
