package dev.hyptrace.recorder.ftrace;

import java.util.Optional;

/**
 * One line of an event, taken apart: {@code task-thread [processor] flags time: event: text}.
 *
 * @param task the name of the thread, as printed, without spaces around it
 * @param thread its number
 * @param event the event without its subsystem
 * @param text what the event printed
 */
record FtraceLine(String task, long thread, String event, String text) {
    /** A task's name has 15 characters at most; with the process, the columns and the flags this is plenty. */
    private static final int MAX_PREFIX = 256;

    private static final int MAX_DIGITS = 10;

    /** The line, when it is one of an event. */
    static Optional<FtraceLine> of(String line) {
        int limit = Math.min(line.length(), MAX_PREFIX);
        for (int open = line.indexOf('['); open >= 0 && open < limit; open = line.indexOf('[', open + 1)) {
            int close = digitsEnd(line, open + 1);
            if (open > 0 && close > open + 1 && charAt(line, close) == ']' && line.charAt(open - 1) == ' ') {
                Optional<FtraceLine> found = at(line, open, close + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The line whose processor stands from {@code open} to {@code close}. */
    private static Optional<FtraceLine> at(String line, int open, int close) {
        String before = withoutProcess(line.substring(0, open).strip());
        int digits = before.length();
        while (digits > 0 && isDigit(before.charAt(digits - 1))) {
            digits--;
        }
        boolean isThread = digits > 0 && digits < before.length() && "-/ ".indexOf(before.charAt(digits - 1)) >= 0;
        int event = eventStart(line, close);
        if (!isThread || before.length() - digits > MAX_DIGITS || event < 0) {
            return Optional.empty();
        }
        String task = before.substring(0, digits - 1).strip();
        return event(line, event, task, Long.parseLong(before.substring(digits)));
    }

    /** Takes off {@code (  123)} or {@code (-----)}: the process, if the trace was made to name it. */
    private static String withoutProcess(String before) {
        int open = before.endsWith(")") ? before.lastIndexOf('(') : -1;
        return open < 0 ? before : before.substring(0, open).strip();
    }

    /** The place behind the time and its colon, with or without flags before it; negative when there is none. */
    private static int eventStart(String line, int from) {
        int position = skipSpaces(line, from);
        for (int word = 0; word < 3 && position < line.length(); word++) {
            int end = digitsEnd(line, position);
            if (end > position && charAt(line, end) == '.') {
                end = digitsEnd(line, end + 1);
            }
            if (end > position && charAt(line, end) == ':') {
                return skipSpaces(line, end + 1);
            }
            position = skipSpaces(line, wordEnd(line, position));
        }
        return -1;
    }

    private static Optional<FtraceLine> event(String line, int from, String task, long thread) {
        int start = from;
        int end = nameEnd(line, start);
        if (charAt(line, end) == ':' && nameEnd(line, end + 1) > end + 1) {
            start = end + 1;
            end = nameEnd(line, start);
        }
        if (end == start || charAt(line, end) != ':') {
            return Optional.empty();
        }
        String text = line.substring(end + 1).strip();
        return Optional.of(new FtraceLine(task, thread, line.substring(start, end), text));
    }

    private static int nameEnd(String line, int from) {
        int end = from;
        while (end < line.length() && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private static int wordEnd(String line, int from) {
        int end = line.indexOf(' ', from);
        return end < 0 ? line.length() : end;
    }

    private static int digitsEnd(String line, int from) {
        int end = from;
        while (end < line.length() && isDigit(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int skipSpaces(String line, int from) {
        int position = from;
        while (position < line.length() && line.charAt(position) == ' ') {
            position++;
        }
        return position;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static char charAt(String line, int position) {
        return position < line.length() ? line.charAt(position) : '\0';
    }
}
