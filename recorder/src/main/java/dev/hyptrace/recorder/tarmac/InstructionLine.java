package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.tracking.Code;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import java.nio.charset.StandardCharsets;

/** The fields of an {@code IT}, {@code IS}, {@code IF} or {@code ES} line. */
final class InstructionLine {
    private static final byte[] CCFAIL = "CCFAIL".getBytes(StandardCharsets.US_ASCII);
    private static final Mode[] MODES = Mode.values();
    private static final byte[][] SUFFIXES = suffixes();
    private static final int NO_CODE = -1;

    private final Code.Cache codes = new Code.Cache();
    private long wideAddress;
    private long encoding;
    private int digits;
    private boolean executed;
    private boolean aarch64;
    private InstructionSet set;
    private boolean narrow;
    private Mode mode;
    /** The place of the last line's mode: that of the next is mostly the same. */
    private int likely;

    private boolean secure;

    /** Reads what follows {@code IT} and the like; false when it is no such line. */
    boolean model(Cursor cursor, boolean passed) {
        executed = passed;
        cursor.skipSpaces();
        if (!cursor.skip('(')) {
            return false;
        }
        boolean inner = cursor.hex();
        long innerValue = cursor.value;
        while (!cursor.atEnd() && cursor.peek() != ')') {
            cursor.at++;
        }
        if (!cursor.skip(')')) {
            return false;
        }
        cursor.skipSpaces();
        return addressAndCode(cursor, inner, innerValue) && set(cursor) && mode(cursor);
    }

    /** Reads what follows {@code ES}. */
    boolean cycle(Cursor cursor) {
        if (!cursor.skip('(') || !cursor.hex()) {
            return false;
        }
        wideAddress = cursor.value;
        if (!cursor.skip(':') || !code(cursor) || !cursor.skip(')') || !set(cursor) || !mode(cursor)) {
            return false;
        }
        cursor.skip(':');
        cursor.skipSpaces();
        executed = !cursor.skip(CCFAIL);
        return true;
    }

    private boolean addressAndCode(Cursor cursor, boolean inner, long innerValue) {
        if (!cursor.hex()) {
            return false;
        }
        wideAddress = cursor.value;
        int firstDigits = cursor.count;
        if (cursor.peek() == ':') {
            cursor.at = cursor.wordEnd();
        }
        cursor.skipSpaces();
        int start = cursor.at;
        if (code(cursor)) {
            return true;
        }
        cursor.at = start;
        encoding = wideAddress;
        digits = firstDigits;
        wideAddress = innerValue;
        return inner && (digits == 4 || digits == 8);
    }

    private boolean code(Cursor cursor) {
        if (cursor.peek() == '-') {
            while (cursor.skip('-')) {
                digits = NO_CODE;
            }
            return true;
        }
        if (!cursor.hex()) {
            return false;
        }
        encoding = cursor.value;
        digits = cursor.count;
        return digits == 4 || digits == 8;
    }

    private boolean set(Cursor cursor) {
        cursor.skipSpaces();
        int length = cursor.wordEnd() - cursor.at;
        int letter = cursor.peek();
        aarch64 = letter == 'O' && length == 1;
        narrow = letter == 'T' && length == 3 && cursor.peek(1) == '1' && cursor.peek(2) == '6';
        boolean wide = letter == 'T' && length == 3 && cursor.peek(1) == '3' && cursor.peek(2) == '2';
        set = letter == 'A' ? InstructionSet.A32 : letter == 'X' ? InstructionSet.THUMB_EE : InstructionSet.T32;
        cursor.at += length;
        return length == 1 && (letter == 'A' || letter == 'T' || letter == 'X' || aarch64) || narrow || wide;
    }

    /** The mode and world, which may be missing or be ones that ARMv7-A does not have. */
    private boolean mode(Cursor cursor) {
        cursor.skipSpaces();
        mode = null;
        secure = false;
        if (!isMode(cursor, SUFFIXES[likely])) {
            likely = find(cursor);
        }
        if (likely < MODES.length) {
            mode = MODES[likely];
            cursor.at += 3;
            secure = cursor.peek() == '_' && cursor.peek(1) == 's';
        }
        while (!cursor.atEnd() && cursor.peek() != ' ' && cursor.peek() != ':') {
            cursor.at++;
        }
        return true;
    }

    /** The names of the modes, and after them one that no line can have. */
    private static byte[][] suffixes() {
        byte[][] suffixes = new byte[MODES.length + 1][3];
        for (Mode known : MODES) {
            suffixes[known.ordinal()] = known.suffix().getBytes(StandardCharsets.US_ASCII);
        }
        suffixes[MODES.length][0] = '\n';
        return suffixes;
    }

    /** The place of the mode that stands here; behind all when none does. */
    private static int find(Cursor cursor) {
        int i = 0;
        while (i < MODES.length && !isMode(cursor, SUFFIXES[i])) {
            i++;
        }
        return i;
    }

    private static boolean isMode(Cursor cursor, byte[] name) {
        int behind = cursor.peek(3);
        return cursor.peek() == name[0]
                && cursor.peek(1) == name[1]
                && cursor.peek(2) == name[2]
                && (behind == '_' || behind == ':' || behind == ' ' || behind == 0);
    }

    boolean isAarch64() {
        return aarch64;
    }

    /** Whether the address is one of AArch32. */
    boolean hasAddress() {
        return wideAddress >>> 32 == 0;
    }

    int address() {
        return (int) wideAddress;
    }

    boolean isExecuted() {
        return executed;
    }

    /** The mode; null when the line has none that ARMv7-A has. */
    Mode mode() {
        return mode;
    }

    boolean isSecure() {
        return secure;
    }

    Code code() {
        boolean half = set != InstructionSet.A32 && (digits == 4 || digits == 8 && encoding >>> 16 == 0 || narrow);
        if (half && encoding >>> 16 == 0) {
            return codes.get((int) encoding, set, 2);
        }
        return digits == 8 && !narrow ? codes.get((int) encoding, set, 4) : Code.unknown(set);
    }
}
