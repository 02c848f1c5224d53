package dev.hyptrace.recorder.tarmac;

/**
 * A register's value as text: up to 128 bits in groups of digits that {@code _}, {@code :} or one space separate. A digit that
 * is {@code -}, {@code x} or {@code .} is not known.
 */
final class RegisterValue {
    private static final int GROUP = 8;
    private static final int MOST = 32;

    /** Bits [63:0] and [127:64]. */
    long low;

    long high;
    /** Ones where a digit is not known. */
    long lowUnknown;

    long highUnknown;
    /** How many digits there were. */
    int digits;

    /**
     * Reads groups up to this many digits or to the first thing that is none; an annotation may follow.
     *
     * @return false when there is no digit, or more than 128 bits
     */
    boolean read(Cursor cursor, int most) {
        low = 0;
        high = 0;
        lowUnknown = 0;
        highUnknown = 0;
        digits = 0;
        if (most == GROUP && cursor.word()) {
            low = cursor.value;
            digits = GROUP;
            cursor.skipSpaces();
            return true;
        }
        int word = cursor.at;
        do {
            cursor.at = word;
            if (!word(cursor)) {
                return false;
            }
            cursor.skipSpaces();
            word = cursor.at;
        } while (digits < most && digits % GROUP == 0 && isGroup(cursor));
        return true;
    }

    private boolean word(Cursor cursor) {
        int start = digits;
        for (; cursor.at < cursor.end; cursor.at++) {
            int character = cursor.line[cursor.at];
            int digit = Cursor.digit(character);
            if (digit >= 0) {
                push(digit, 0);
            } else if (character == '-' || character == 'x' || character == 'X' || character == '.') {
                push(0, 0xf);
            } else if (character != '_' && character != ':') {
                break;
            }
        }
        return digits > start && digits <= MOST && (cursor.atEnd() || cursor.peek() == ' ' || cursor.peek() == '\t');
    }

    private void push(int digit, int unknown) {
        high = high << 4 | low >>> 60;
        low = low << 4 | digit;
        highUnknown = highUnknown << 4 | lowUnknown >>> 60;
        lowUnknown = lowUnknown << 4 | unknown;
        digits++;
    }

    /** Whether eight digits stand here, and then a space or the end. */
    private static boolean isGroup(Cursor cursor) {
        for (int i = 0; i < GROUP; i++) {
            int character = cursor.peek(i);
            if (Cursor.digit(character) < 0 && character != '-' && character != 'x') {
                return false;
            }
        }
        int behind = cursor.peek(GROUP);
        return behind == 0 || behind == ' ' || behind == '\t';
    }
}
