package dev.hyptrace.recorder.snapshot;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a section {@code [regs]}.
 *
 * @param name as it stands there, without what is in parentheses
 * @param value empty when it has more than 64 bits
 * @param text the value as it stands there
 */
record RegisterText(String name, OptionalLong value, String text) {
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z][A-Za-z0-9_.]{0,63})\\s{0,16}(?:\\([^()]{1,80}\\))?\\s{0,16}=\\s{0,16}"
                    + "(0[xX][0-9A-Fa-f]{1,64}|\\d{1,19})");
    private static final int MOST_DIGITS = 18;

    static Optional<RegisterText> of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String text = matcher.group(2);
        boolean hexadecimal = text.length() > 1 && Character.toLowerCase(text.charAt(1)) == 'x';
        return Optional.of(new RegisterText(matcher.group(1), hexadecimal ? hexadecimal(text) : decimal(text), text));
    }

    private static OptionalLong hexadecimal(String text) {
        return text.length() > MOST_DIGITS
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseUnsignedLong(text.substring(2), 16));
    }

    /** Nineteen digits always fit 64 bits without a sign. */
    private static OptionalLong decimal(String text) {
        return OptionalLong.of(Long.parseUnsignedLong(text));
    }

    /** The name in upper case, as the names of the manual are compared. */
    String upper() {
        return name.toUpperCase(Locale.ROOT);
    }
}
