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
 * @param constraints fields and the values that they must not have in this encoding
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
            if (pattern.field(constraint.field(), word) == constraint.value()) {
                return false;
            }
        }
        return true;
    }

    /**
     * "This field does not have this value": words where it has are of another encoding.
     *
     * @param field the field's letter
     * @param value the value that it must not have
     */
    public record Constraint(char field, int value) {}

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
