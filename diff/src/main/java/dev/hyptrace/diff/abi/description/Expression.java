package dev.hyptrace.diff.abi.description;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A value computed from registers at the call: see {@code abi.proto}. Arithmetic is of 32 bits. */
public sealed interface Expression {
    /** All 32 bits. */
    long MASK = 0xffff_ffffL;

    /**
     * The value.
     *
     * @param registers gives the value of a register at the call; empty where that is unknown
     * @return empty when a register is unknown or the description leaves the value open
     */
    OptionalLong evaluate(Function<String, OptionalLong> registers);

    /** The registers it is computed from. */
    default Set<String> registers() {
        return Set.of();
    }

    /** A register at the call. */
    record Register(String name) implements Expression {
        @Override
        public OptionalLong evaluate(Function<String, OptionalLong> registers) {
            return registers.apply(name);
        }

        @Override
        public Set<String> registers() {
            return Set.of(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A number. */
    record Literal(long value) implements Expression {
        private static final int DECIMAL = 10;

        @Override
        public OptionalLong evaluate(Function<String, OptionalLong> registers) {
            return OptionalLong.of(value);
        }

        @Override
        public String toString() {
            return value < DECIMAL
                    ? Long.toString(value)
                    : String.format(Locale.ROOT, value <= 0xff ? "0x%x" : "0x%08x", value);
        }
    }

    /** What the description leaves open. */
    record Open(String name) implements Expression {
        @Override
        public OptionalLong evaluate(Function<String, OptionalLong> registers) {
            return OptionalLong.empty();
        }

        @Override
        public String toString() {
            return "?" + name;
        }
    }

    /** All bits the other way round. */
    record Not(Expression operand) implements Expression {
        @Override
        public OptionalLong evaluate(Function<String, OptionalLong> registers) {
            OptionalLong value = operand.evaluate(registers);
            return value.isEmpty() ? value : OptionalLong.of(~value.getAsLong() & MASK);
        }

        @Override
        public Set<String> registers() {
            return operand.registers();
        }

        @Override
        public String toString() {
            return "~" + (operand instanceof Binary ? "(" + operand + ")" : operand);
        }
    }

    /** Two operands of {@code & | + -}. */
    record Binary(char operator, Expression left, Expression right) implements Expression {
        @Override
        public OptionalLong evaluate(Function<String, OptionalLong> registers) {
            OptionalLong first = left.evaluate(registers);
            OptionalLong second = right.evaluate(registers);
            if (first.isEmpty() || second.isEmpty()) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(apply(first.getAsLong(), second.getAsLong()) & MASK);
        }

        private long apply(long first, long second) {
            return switch (operator) {
                case '&' -> first & second;
                case '|' -> first | second;
                case '+' -> first + second;
                case '-' -> first - second;
                default -> throw new IllegalStateException("operator " + operator);
            };
        }

        @Override
        public Set<String> registers() {
            Set<String> both = new TreeSet<>(left.registers());
            both.addAll(right.registers());
            return both;
        }

        @Override
        public String toString() {
            return left + " " + operator + " " + (right instanceof Binary ? "(" + right + ")" : right);
        }
    }
}
