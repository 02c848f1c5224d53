package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which registers a state has and by which rules: what is left of a {@link State} without the values.
 *
 * <p>The order of the values is the file's; a state has its own, and {@link #stateOf} brings one to the other.
 */
final class Shape {
    private final int number;
    private final State example;
    /** The file's index of each register, in the file's order. */
    private final int[] registers;
    /** Where a register's value is in the file's order, by the file's index; -1 for one that is not in the shape. */
    private final int[] places;
    /** For each register in the state's order where its value is in the file's; null when the orders are the same. */
    private final int[] order;

    private Shape(int number, State example, int[] registers, int[] places, int[] order) {
        this.number = number;
        this.example = example;
        this.registers = registers;
        this.places = places;
        this.order = order;
    }

    /** The shape of a state, for writing: the file's indices are the model's ordinals. */
    static Shape of(int number, State state) {
        int[] registers = state.registers().stream().mapToInt(Register::ordinal).toArray();
        return new Shape(
                number, state, registers, places(registers, Register.all().size()), null);
    }

    /**
     * A shape read from a file.
     *
     * @param rules as in the message: empty, or 0 or 1 + the index of a rule for each register
     */
    static Shape decode(int number, List<Integer> registers, List<Integer> rules, Names names)
            throws CorruptChunkException {
        State.Builder example = State.builder();
        int[] indices = new int[registers.size()];
        if (!rules.isEmpty() && rules.size() != indices.length) {
            throw new CorruptChunkException(
                    "a shape has " + indices.length + " registers and " + rules.size() + " rules");
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = registers.get(i);
            Register register = names.register(indices[i]);
            if (example.has(register)) {
                throw new CorruptChunkException("a shape has " + register + " twice");
            }
            int rule = rules.isEmpty() ? 0 : rules.get(i);
            if (rule == 0) {
                example.known(register, 0);
            } else {
                example.derived(register, 0, names.rule(rule - 1));
            }
        }
        State state = example.build();
        int[] places = places(indices, names.registerCount());
        return new Shape(number, state, indices, places, order(state, indices, names));
    }

    private static int[] places(int[] registers, int count) {
        int[] places = new int[count];
        Arrays.fill(places, -1);
        for (int i = 0; i < registers.length; i++) {
            places[registers[i]] = i;
        }
        return places;
    }

    private static int[] order(State state, int[] indices, Names names) throws CorruptChunkException {
        List<Register> inState = state.registers();
        int[] order = new int[indices.length];
        boolean same = true;
        for (int i = 0; i < indices.length; i++) {
            int place = inState.indexOf(names.register(indices[i]));
            order[place] = i;
            same &= place == i;
        }
        return same ? null : order;
    }

    /** Its place among the shapes of its chunk. */
    int number() {
        return number;
    }

    int size() {
        return registers.length;
    }

    /** The file's index of the i-th register. */
    int register(int i) {
        return registers[i];
    }

    /** Where a register's value is; -1 when the shape lacks it. */
    int place(int register) {
        return places[register];
    }

    boolean isOf(State state) {
        return example.hasShapeOf(state);
    }

    /** 0 for a register that is known, else 1 + the ordinal of the rule by which it is derived. */
    int ruleNumber(int i) {
        return example.rule(Register.all().get(registers[i]))
                .map(DerivationRule::ordinal)
                .map(ordinal -> ordinal + 1)
                .orElse(0);
    }

    /** What a register with these bits is in a state of this shape. */
    Value value(Register register, long bits) {
        Optional<DerivationRule> rule = example.rule(register);
        return rule.isPresent() ? new Value.Derived(bits, rule.get()) : new Value.Known(bits);
    }

    /** The state of this shape that has these values, in the file's order. */
    State stateOf(long[] values) {
        if (order == null) {
            return example.withValues(values);
        }
        long[] ordered = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = values[order[i]];
        }
        return example.withValues(ordered);
    }
}
