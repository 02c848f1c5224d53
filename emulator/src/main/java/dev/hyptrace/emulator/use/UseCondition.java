package dev.hyptrace.emulator.use;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When an item of the table applies: {@code W}, {@code !P}, {@code t=15}, {@code rm!=13&rm!=15}, {@code mask~12}. */
final class UseCondition {
    private static final Pattern TERM = Pattern.compile("(!?)(\\w+)(?:(=|!=|~)(\\d+))?");

    private UseCondition() {}

    /**
     * Reads terms joined by {@code &}: an operand is not 0 ({@code W}) or is ({@code !W}), has a value or another one, or
     * has in common with a number a bit that is set ({@code ~}).
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static Predicate<UseSite> parse(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(UseCondition::term)
                .reduce(Predicate::and)
                .orElseThrow();
    }

    private static Predicate<UseSite> term(String text) {
        Matcher matcher = TERM.matcher(text);
        if (!matcher.matches() || !matcher.group(1).isEmpty() && matcher.group(3) != null) {
            throw new IllegalArgumentException("\"" + text + "\": expected a condition such as W, !P or t=15");
        }
        String name = matcher.group(2);
        if (matcher.group(3) == null) {
            boolean set = matcher.group(1).isEmpty();
            return site -> site.is(name) == set;
        }
        int number = Integer.parseInt(matcher.group(4));
        return switch (matcher.group(3)) {
            case "=" -> site -> site.value(name) == number;
            case "!=" -> site -> site.value(name) != number;
            default -> site -> (site.value(name) & number) != 0;
        };
    }
}
