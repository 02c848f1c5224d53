package dev.hyptrace.emulator.decode;

import java.util.List;
import java.util.Map;

/**
 * One line of a decode table.
 *
 * @param pattern its bits
 * @param semantics the name of the method that gives it meaning
 * @param label the manual's name of the encoding, such as A1 or T2
 * @param architecture the first architecture that has it, such as v4T, v6T2 or v7VE
 * @param heading the manual's heading, such as {@code ADC (immediate)}
 * @param bindings how the method's parameters follow from the fields, by parameter name; a parameter that is not named here
 *     is the field of the same letter
 * @param syntax how a disassembler writes it
 * @param constraints when a word is of another encoding after all, and when it is UNPREDICTABLE
 */
public record Encoding(
        Pattern pattern,
        String semantics,
        String label,
        String architecture,
        String heading,
        Map<String, Binding> bindings,
        String syntax,
        List<Constraint> constraints) {

    public Encoding {
        bindings = Map.copyOf(bindings);
        constraints = List.copyOf(constraints);
    }

    /** Whether the word is of this encoding. */
    public boolean matches(int word) {
        if (!pattern.matches(word)) {
            return false;
        }
        for (Constraint constraint : constraints) {
            if (constraint.meaning() == Constraint.Meaning.OTHER_ENCODING && constraint.holds(pattern, word)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it belongs to the floating-point or Advanced SIMD extension: such an architecture is VFPv2 or SIMDv1. */
    public boolean isExtension() {
        return architecture.startsWith("VFP") || architecture.startsWith("SIMD");
    }

    /** The first condition that makes a word of this encoding UNPREDICTABLE; null when there is none. */
    public Constraint unpredictable(int word) {
        for (Constraint constraint : constraints) {
            if (constraint.meaning() != Constraint.Meaning.OTHER_ENCODING && constraint.holds(pattern, word)) {
                return constraint;
            }
        }
        return null;
    }

    /**
     * A condition on a field: it has a value, or the value of another field, or has not.
     *
     * @param meaning what it means
     * @param field the field's letter
     * @param value a number or the letter of another field
     */
    public record Constraint(Meaning meaning, char field, String value) {
        /** What a condition means. */
        public enum Meaning {
            /** The word is not of this encoding: {@code n!=15}. */
            OTHER_ENCODING,
            /** The word is UNPREDICTABLE: {@code n?=15}. */
            UNPREDICTABLE,
            /** The word is UNPREDICTABLE unless the condition holds: {@code n?!=m}. */
            UNPREDICTABLE_UNLESS
        }

        boolean holds(Pattern pattern, int word) {
            char first = value.charAt(0);
            int other = Character.isLetter(first) ? pattern.field(first, word) : Integer.parseInt(value);
            return pattern.field(field, word) == other != (meaning == Meaning.UNPREDICTABLE_UNLESS);
        }

        @Override
        public String toString() {
            return field + (meaning == Meaning.UNPREDICTABLE_UNLESS ? " != " : " = ") + value;
        }
    }

    /**
     * A parameter's value: a shape applied to fields, or a field, or a number.
     *
     * @param shape the name of a shape, or empty to take the single argument as it is
     * @param arguments letters of fields, or decimal numbers
     */
    public record Binding(String shape, List<String> arguments) {
        public Binding {
            arguments = List.copyOf(arguments);
        }
    }

    @Override
    public String toString() {
        return heading + " " + label;
    }
}
