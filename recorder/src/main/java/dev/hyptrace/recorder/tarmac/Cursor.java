package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.text.HexDigits;

/** Reads one line from left to right. What says {@code false} has found something else and stands where it was. */
final class Cursor {
    private static final byte[] DIGITS = digits();

    byte[] line;
    int at;
    int end;
    /** The number read last: bits [63:0] of it. */
    long value;
    /** How many digits it had. */
    int count;

    Cursor set(byte[] buffer, int from, int to) {
        line = buffer;
        at = from;
        end = to;
        return this;
    }

    boolean atEnd() {
        return at == end;
    }

    /** The byte here, 0 at the end. */
    int peek() {
        return at < end ? line[at] : 0;
    }

    /** The byte so far behind this one, 0 behind the end. */
    int peek(int distance) {
        return at + distance < end ? line[at + distance] : 0;
    }

    void skipSpaces() {
        while (at < end && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
    }

    boolean skip(char character) {
        if (at == end || line[at] != character) {
            return false;
        }
        at++;
        return true;
    }

    /** Steps over the text if it stands here. */
    boolean skip(byte[] text) {
        if (end - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (line[at + i] != text[i]) {
                return false;
            }
        }
        at += text.length;
        return true;
    }

    /** The end of the run of characters up to a space or the end of the line. */
    int wordEnd() {
        int position = at;
        while (position < end && line[position] != ' ' && line[position] != '\t') {
            position++;
        }
        return position;
    }

    /** Reads exactly eight hexadecimal digits, behind which the line ends or a space stands. */
    boolean word() {
        int behind = at + HexDigits.WORD;
        if (behind > end || behind < end && line[behind] != ' ') {
            return false;
        }
        long word = HexDigits.word(line, at);
        if (word < 0) {
            return false;
        }
        value = word;
        count = HexDigits.WORD;
        at = behind;
        return true;
    }

    /** Reads one to sixteen hexadecimal digits. */
    boolean hex() {
        int position = at;
        long number = 0;
        int digit;
        long word = end - at >= HexDigits.WORD ? HexDigits.word(line, at) : -1;
        if (word >= 0) {
            number = word;
            position += HexDigits.WORD;
        }
        while (position < end && (digit = DIGITS[line[position] & 0xff]) >= 0) {
            number = number << 4 | digit;
            position++;
        }
        if (position == at || position - at > 16) {
            return false;
        }
        value = number;
        count = position - at;
        at = position;
        return true;
    }

    /** Reads a virtual address: hexadecimal digits of at most 32 bits, then what follows a colon up to the next space. */
    boolean address() {
        int start = at;
        if (!hex() || value >>> 32 != 0) {
            at = start;
            return false;
        }
        if (peek() == ':') {
            at = wordEnd();
        }
        return true;
    }

    /** Reads decimal digits, of any number; the value is of use up to nine of them. */
    boolean decimal() {
        int position = at;
        long number = 0;
        while (position < end && line[position] >= '0' && line[position] <= '9') {
            number = number * 10 + line[position++] - '0';
        }
        value = number;
        count = position - at;
        at = position;
        return count > 0;
    }

    /** Steps over decimal digits; false when there is none. */
    boolean skipDecimal() {
        count = HexDigits.decimalDigits(line, at, end);
        at += count;
        return count > 0;
    }

    static int digit(int character) {
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
