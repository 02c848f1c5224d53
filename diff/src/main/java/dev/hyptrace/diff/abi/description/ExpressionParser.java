package dev.hyptrace.diff.abi.description;

/** Reads expressions: operators of one rank, from left to right; {@code ~} binds first. */
public final class ExpressionParser {
    private static final int DEEPEST = 32;

    private final String text;
    private final RegisterNames names;
    private int at;
    private int depth;

    private ExpressionParser(String text, RegisterNames names) {
        this.text = text;
        this.names = names;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is none; the message says what was expected where
     */
    public static Expression parse(String text, Abi.Architecture architecture) {
        ExpressionParser parser = new ExpressionParser(text, RegisterNames.of(architecture));
        Expression expression = parser.sum();
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.expected("an operator (& | + -) or the end");
        }
        return expression;
    }

    private Expression sum() {
        if (++depth > DEEPEST) {
            throw expected("fewer than " + DEEPEST + " brackets within each other");
        }
        Expression left = operand();
        while (true) {
            skipSpace();
            char operator = at < text.length() ? text.charAt(at) : 0;
            if ("&|+-".indexOf(operator) < 0 || operator == 0) {
                depth--;
                return left;
            }
            at++;
            left = new Expression.Binary(operator, left, operand());
        }
    }

    private Expression operand() {
        skipSpace();
        char first = at < text.length() ? text.charAt(at) : 0;
        if (first == '~') {
            at++;
            if (++depth > DEEPEST) {
                throw expected("fewer than " + DEEPEST + " operators within each other");
            }
            Expression operand = operand();
            depth--;
            return new Expression.Not(operand);
        }
        if (first == '(') {
            at++;
            Expression inner = sum();
            skipSpace();
            if (at == text.length() || text.charAt(at) != ')') {
                throw expected("\")\"");
            }
            at++;
            return inner;
        }
        return first == '?' ? open() : word();
    }

    private Expression open() {
        at++;
        String name = run();
        if (name.isEmpty()) {
            throw expected("a name after \"?\"");
        }
        return new Expression.Open(name);
    }

    private Expression word() {
        int start = at;
        String word = run();
        if (word.isEmpty()) {
            throw expected("a register, a number, ?NAME, ~ or \"(\"");
        }
        if (Character.isDigit(word.charAt(0))) {
            return number(word, start);
        }
        return new Expression.Register(names.canonical(word).orElseThrow(() -> {
            at = start;
            return expected("a register of " + names);
        }));
    }

    private Expression number(String word, int start) {
        try {
            long value = Long.decode(word);
            if (value <= Expression.MASK) {
                return new Expression.Literal(value);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too large.
        }
        at = start;
        throw expected("a number of 32 bits");
    }

    /** Letters, digits and underscores. */
    private String run() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException expected(String what) {
        String found = at < text.length() ? "\"" + text.substring(at) + "\"" : "the end";
        return new IllegalArgumentException(
                "expected " + what + " at character " + (at + 1) + " of \"" + text + "\", found " + found);
    }
}
