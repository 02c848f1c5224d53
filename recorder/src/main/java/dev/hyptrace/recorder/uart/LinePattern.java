package dev.hyptrace.recorder.uart;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of the user's, of which each named group is a register: {@code trap: pc=(?<pc>[0-9a-f]{8})}.
 *
 * <p>The names are those of {@link Register#manualName} without underscores, in upper or lower case ({@code elrhyp} is
 * ELR_hyp), and {@code sp}, {@code lr}, {@code fp}, {@code ip} and {@code psr} as Linux prints them; {@code cpu} is the
 * processor, in decimal. SP, LR and R8 to R12 are kept only when the expression gives the CPSR, too, which says whose they
 * are.
 *
 * <p>A line is looked at up to its {@value #MAX_LINE}th character, and given up after {@value #MAX_STEPS} looks at one of
 * them: an expression that tries every way to divide a line cannot hold up an import.
 */
public final class LinePattern {
    static final int MAX_LINE = 1000;
    static final int MAX_STEPS = 200_000;

    private static final int MAX_PATTERN = 1000;
    private static final int MAX_PROCESSOR = 255;
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
    private static final Map<String, Register> BANKED_AND_SYSTEM = registers();

    private final Pattern pattern;
    private final List<String> groups;

    private LinePattern(Pattern pattern, List<String> groups) {
        this.pattern = pattern;
        this.groups = groups;
    }

    /**
     * What a line gave.
     *
     * @param tooLong whether it was given up
     * @param problem what was wrong with what a group matched
     */
    record Result(Optional<Event> event, boolean tooLong, Optional<String> problem) {
        static final Result NOTHING = new Result(Optional.empty(), false, Optional.empty());
        static final Result TOO_LONG = new Result(Optional.empty(), true, Optional.empty());

        static Result problem(String problem) {
            return new Result(Optional.empty(), false, Optional.of(problem));
        }
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is none, or has no group that is a register, or one that is not; the message
     *     says what was expected
     */
    public static LinePattern of(String expression) {
        if (expression.length() > MAX_PATTERN) {
            throw new IllegalArgumentException(
                    "a pattern of " + expression.length() + " characters, expected at most " + MAX_PATTERN);
        }
        LinePattern compiled = new LinePattern(compile(expression), groups(expression));
        compiled.checkGroups(expression);
        return compiled;
    }

    /** The groups: what looks like one in a character class, or is quoted, is none. */
    private static List<String> groups(String expression) {
        Matcher empty = compile("|" + expression).matcher("");
        empty.find();
        List<String> groups = new ArrayList<>();
        Matcher names = GROUP.matcher(expression);
        while (names.find()) {
            if (isGroup(empty, names.group(1))) {
                groups.add(names.group(1));
            }
        }
        return List.copyOf(groups);
    }

    private static boolean isGroup(Matcher found, String name) {
        try {
            return found.start(name) < 0;
        } catch (IllegalArgumentException noSuchGroup) {
            return false;
        }
    }

    private static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no regular expression: " + e.getDescription() + " at "
                            + (e.getIndex() + 1),
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("'" + expression + "' is nested too deeply", e);
        }
    }

    private void checkGroups(String expression) {
        for (String group : groups) {
            if (!isProcessor(group) && !isStatus(group) && core(group) < 0 && register(group) == null) {
                throw new IllegalArgumentException("the group '" + group + "' in '" + expression
                        + "' is no register, expected one such as r0, pc, sp, cpsr or elrhyp");
            }
        }
        if (groups.stream().allMatch(LinePattern::isProcessor)) {
            throw new IllegalArgumentException(
                    "'" + expression + "' has no group that is a register, expected one such as (?<r0>[0-9a-f]{8})");
        }
    }

    /** Looks for it in a line, on this processor unless the line says another. */
    Result match(String line, int cpu) {
        Budget budget = new Budget(line.substring(0, Math.min(line.length(), MAX_LINE)), new Steps());
        try {
            Matcher matcher = pattern.matcher(budget);
            return matcher.find() ? result(matcher, cpu) : Result.NOTHING;
        } catch (TooManySteps | StackOverflowError e) {
            return Result.TOO_LONG;
        }
    }

    private Result result(Matcher matcher, int cpu) {
        int processor = cpu;
        CoreRegisters core = new CoreRegisters();
        State.Builder state = State.builder();
        for (String group : groups) {
            String text = matcher.group(group);
            if (text == null) {
                continue;
            }
            Optional<Long> number = number(text, isProcessor(group) ? 10 : 16, limit(group));
            if (number.isEmpty()) {
                return Result.problem("the group '" + group + "' matches a text that is no number of its register");
            }
            if (isProcessor(group)) {
                processor = number.get().intValue();
            } else {
                put(group, number.get(), core, state);
            }
        }
        core.addTo(state);
        State found = state.build();
        return found.isEmpty()
                ? Result.NOTHING
                : new Result(
                        Optional.of(new Event.Snapshot(processor, "pattern " + pattern, found)),
                        false,
                        Optional.empty());
    }

    private static void put(String group, long value, CoreRegisters core, State.Builder state) {
        if (isStatus(group)) {
            core.status((int) value);
        } else if (core(group) >= 0) {
            core.set(core(group), (int) value);
        } else {
            state.known(register(group), value);
        }
    }

    private static long limit(String group) {
        if (isProcessor(group)) {
            return MAX_PROCESSOR;
        }
        return isStatus(group) || core(group) >= 0
                ? 0xffff_ffffL
                : register(group).mask();
    }

    private static Optional<Long> number(String text, int radix, long limit) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            long value = Long.parseUnsignedLong(digits, radix);
            return (value & ~limit) == 0 && (radix == 16 || value <= limit) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isProcessor(String group) {
        return group.equalsIgnoreCase("cpu");
    }

    private static boolean isStatus(String group) {
        return group.equalsIgnoreCase("psr") || group.equalsIgnoreCase("cpsr");
    }

    private static int core(String group) {
        return CoreRegisters.number(group.toLowerCase(Locale.ROOT));
    }

    private static Register register(String group) {
        return BANKED_AND_SYSTEM.get(group.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Register> registers() {
        Map<String, Register> map = new TreeMap<>();
        for (Register register : Register.all()) {
            map.put(register.manualName().toLowerCase(Locale.ROOT).replace("_", ""), register);
        }
        return map;
    }

    /** The expression. */
    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** An expression looked at the characters of a line too often. */
    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /** How many looks are left, for all parts of a line together. */
    private static final class Steps {
        private int left = MAX_STEPS;

        void take() {
            if (--left < 0) {
                throw new TooManySteps();
            }
        }
    }

    /** A line that counts how often it is looked at. */
    private record Budget(String text, Steps steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Budget(text.substring(start, end), steps);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
