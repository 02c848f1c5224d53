package dev.hyptrace.recorder.uart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a console without what printk puts before it. */
final class ConsoleLine {
    private static final Pattern PREFIX =
            Pattern.compile("\\s{0,64}(?:<\\d{1,3}>)?\\s{0,8}(?:\\[ {0,16}\\d{1,16}\\.\\d{1,9}\\]) ?");
    private static final Pattern LEVEL = Pattern.compile("\\s{0,64}<\\d{1,3}>");

    private ConsoleLine() {}

    /** The text behind the level and the time, or without the spaces before it where there are neither. */
    static String textOf(String line) {
        Matcher prefix = PREFIX.matcher(line);
        if (prefix.lookingAt()) {
            return line.substring(prefix.end());
        }
        Matcher level = LEVEL.matcher(line);
        return level.lookingAt() ? line.substring(level.end()) : line.stripLeading();
    }
}
