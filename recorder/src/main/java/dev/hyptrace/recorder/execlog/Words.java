package dev.hyptrace.recorder.execlog;

import java.util.ArrayList;
import java.util.List;

/** A place in a line that moves on as the line is understood. */
final class Words {
    private static final String LOAD = ", load, 0x";
    private static final String STORE = ", store, 0x";
    private static final String ARROW = " -> 0x";
    private static final int MAX_VALUE_DIGITS = 64;

    private final String text;
    private int next;
    private boolean valid = true;
    private int digits;

    Words(String text) {
        this.text = text;
    }

    int position() {
        return next;
    }

    /** Whether all numbers so far were ones. */
    boolean isValid() {
        return valid;
    }

    static boolean isDecimal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to > from;
    }

    boolean skip(String words) {
        boolean found = text.startsWith(words, next);
        next += found ? words.length() : 0;
        return found;
    }

    int find(String words) {
        return text.indexOf(words, next);
    }

    String take(int end) {
        String taken = text.substring(next, end);
        next = end;
        return taken;
    }

    long decimal() {
        long value = 0;
        int start = next;
        while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
            value = value * 10 + text.charAt(next++) - '0';
        }
        valid &= next > start;
        return value;
    }

    /** The lowest 64 bits of a number of up to 16 digits, or of a register of up to 64. */
    long hexadecimal() {
        long value = value();
        valid &= digits <= 16;
        return value;
    }

    private long value() {
        long value = 0;
        int start = next;
        for (; next < text.length(); next++) {
            int digit = Character.digit(text.charAt(next), 16);
            if (digit < 0 || text.charAt(next) > 'f') {
                break;
            }
            value = value << 4 | digit;
        }
        digits = next - start;
        valid &= digits > 0 && digits <= MAX_VALUE_DIGITS;
        return value;
    }

    /** Goes past the memory accesses; how many there were. */
    int skipAccesses() {
        int count = 0;
        while (skip(LOAD) || skip(STORE)) {
            hexadecimal();
            count++;
            skipDevice();
        }
        return count;
    }

    /** A device's name goes up to the next access or change, of which neither can be part of it. */
    private void skipDevice() {
        if (!text.startsWith(", ", next) || text.startsWith(LOAD, next) || text.startsWith(STORE, next)) {
            return;
        }
        int end = text.indexOf(", ", next + 2);
        end = end < 0 ? text.length() : end;
        if (text.substring(next, end).indexOf(ARROW) < 0) {
            next = end;
        }
    }

    /** The changes up to the end of the line; null when there is something else. */
    List<ExeclogLine.Change> changes() {
        List<ExeclogLine.Change> changes = new ArrayList<>();
        while (skip(", ")) {
            int arrow = find(ARROW);
            if (arrow <= next) {
                return null;
            }
            String name = take(arrow);
            skip(ARROW);
            changes.add(new ExeclogLine.Change(name, value(), digits));
        }
        return valid && next == text.length() ? changes : null;
    }
}
