package dev.hyptrace.traces.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An immutable, sparse register state at one moment: each register is known, derived or unknown.
 *
 * <p>Storage is dense in {@link Register#ordinal} order for the registers that are present, so that a state of the 17
 * registers of a QEMU log line costs 17 words and not one entry object per register.
 */
public final class State {
    private static final int REGISTERS = Register.all().size();
    private static final int WORDS = (REGISTERS + 63) / 64;
    private static final State EMPTY = new Builder().build();

    private final long[] present;
    private final long[] values;
    /** Parallel to {@link #values}: null where known. The whole array is null when every value is known. */
    private final DerivationRule[] rules;

    private State(long[] present, long[] values, DerivationRule[] rules) {
        this.present = present;
        this.values = values;
        this.rules = rules;
    }

    /** The state of which nothing is known. */
    public static State unknown() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with everything this state holds. */
    public Builder toBuilder() {
        return new Builder().putAll(this);
    }

    /** Whether the register is known or derived. */
    public boolean has(Register register) {
        return has(register.ordinal());
    }

    /** Whether the source itself recorded the register. */
    public boolean isKnown(Register register) {
        return has(register) && (rules == null || rules[rank(register.ordinal())] == null);
    }

    public Value get(Register register) {
        if (!has(register)) {
            return Value.UNKNOWN;
        }
        int rank = rank(register.ordinal());
        return rules == null || rules[rank] == null
                ? new Value.Known(values[rank])
                : new Value.Derived(values[rank], rules[rank]);
    }

    /** The bits of a known or derived register; empty when unknown. */
    public OptionalLong bits(Register register) {
        return has(register) ? OptionalLong.of(values[rank(register.ordinal())]) : OptionalLong.empty();
    }

    /**
     * The bits of a register that is known or derived.
     *
     * @throws IllegalStateException when it is unknown
     */
    public long require(Register register) {
        if (!has(register)) {
            throw new IllegalStateException(register + " is not recorded here");
        }
        return values[rank(register.ordinal())];
    }

    /** The rule by which a register was derived; empty when it is known or unknown. */
    public Optional<DerivationRule> rule(Register register) {
        return has(register) && rules != null ? Optional.ofNullable(rules[rank(register.ordinal())]) : Optional.empty();
    }

    /** The mode in CPSR, when CPSR is present and holds one. */
    public Optional<Mode> mode() {
        return has(Register.CPSR) ? Mode.ofStatus(require(Register.CPSR)) : Optional.empty();
    }

    /** The registers that are known or derived, in display order. */
    public List<Register> registers() {
        List<Register> list = new ArrayList<>(values.length);
        for (int word = 0; word < WORDS; word++) {
            for (long bits = present[word]; bits != 0; bits &= bits - 1) {
                list.add(Register.all().get(word * 64 + Long.numberOfTrailingZeros(bits)));
            }
        }
        return list;
    }

    /** Whether the other state knows the same registers and derives the same ones by the same rules, whatever the values. */
    public boolean hasShapeOf(State other) {
        return Arrays.equals(present, other.present) && Arrays.equals(rules, other.rules);
    }

    /**
     * Writes the bits of the registers that are known or derived to the start of the array, in the order of
     * {@link #registers}.
     */
    public void copyValues(long[] target) {
        System.arraycopy(values, 0, target, 0, values.length);
    }

    /**
     * A state that knows and derives what this one does, with other values.
     *
     * @param source begins with the bits of each register in the order of {@link #registers}, none wider than its register
     */
    public State withValues(long[] source) {
        return new State(present, Arrays.copyOf(source, values.length), rules);
    }

    /** How many registers are known or derived. */
    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that
                && Arrays.equals(present, that.present)
                && Arrays.equals(values, that.values)
                && Arrays.equals(rules, that.rules);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(present) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Register register : registers()) {
            text.append(text.length() == 1 ? "" : " ")
                    .append(register)
                    .append(isKnown(register) ? "=" : "~")
                    .append(register.format(require(register)));
        }
        return text.append('}').toString();
    }

    private boolean has(int ordinal) {
        return (present[ordinal >>> 6] >>> ordinal & 1) != 0;
    }

    private int rank(int ordinal) {
        int rank = 0;
        for (int word = 0; word < ordinal >>> 6; word++) {
            rank += Long.bitCount(present[word]);
        }
        return rank + Long.bitCount(present[ordinal >>> 6] & ((1L << ordinal) - 1));
    }

    /** Collects a state. It can be built from again after {@link #build}. */
    public static final class Builder {
        private final long[] present = new long[WORDS];
        private final long[] values = new long[REGISTERS];
        private DerivationRule[] rules;

        private Builder() {}

        /** Sets a register that the source recorded. Bits above the register's width must be zero. */
        public Builder known(Register register, long bits) {
            put(register, bits);
            if (rules != null) {
                rules[register.ordinal()] = null;
            }
            return this;
        }

        /** As {@link #known(Register, long)} for a 32-bit value held in an {@code int}. */
        public Builder known(Register register, int bits) {
            return known(register, Integer.toUnsignedLong(bits));
        }

        public Builder derived(Register register, long bits, DerivationRule rule) {
            put(register, bits);
            if (rules == null) {
                rules = new DerivationRule[REGISTERS];
            }
            rules[register.ordinal()] = rule;
            return this;
        }

        public Builder put(Register register, Value value) {
            if (value instanceof Value.Known known) {
                return known(register, known.bits());
            }
            if (value instanceof Value.Derived derived) {
                return derived(register, derived.bits(), derived.rule());
            }
            return remove(register);
        }

        /** Makes a register unknown. */
        public Builder remove(Register register) {
            present[register.ordinal() >>> 6] &= ~(1L << register.ordinal());
            return this;
        }

        /** Takes over every register that the other state has, and keeps the rest. */
        public Builder putAll(State other) {
            int rank = 0;
            for (int word = 0; word < WORDS; word++) {
                for (long bits = other.present[word]; bits != 0; bits &= bits - 1) {
                    int ordinal = word * 64 + Long.numberOfTrailingZeros(bits);
                    DerivationRule rule = other.rules == null ? null : other.rules[rank];
                    present[word] |= 1L << ordinal;
                    values[ordinal] = other.values[rank++];
                    if (rule != null && rules == null) {
                        rules = new DerivationRule[REGISTERS];
                    }
                    if (rules != null) {
                        rules[ordinal] = rule;
                    }
                }
            }
            return this;
        }

        public boolean has(Register register) {
            return (present[register.ordinal() >>> 6] >>> register.ordinal() & 1) != 0;
        }

        /** Forgets everything, for use again. */
        public Builder clear() {
            Arrays.fill(present, 0);
            rules = null;
            return this;
        }

        public State build() {
            int count = 0;
            for (long word : present) {
                count += Long.bitCount(word);
            }
            long[] dense = new long[count];
            DerivationRule[] denseRules = null;
            int rank = 0;
            for (int word = 0; word < WORDS; word++) {
                for (long bits = present[word]; bits != 0; bits &= bits - 1) {
                    int ordinal = word * 64 + Long.numberOfTrailingZeros(bits);
                    if (rules != null && rules[ordinal] != null) {
                        denseRules = denseRules == null ? new DerivationRule[count] : denseRules;
                        denseRules[rank] = rules[ordinal];
                    }
                    dense[rank++] = values[ordinal];
                }
            }
            return new State(present.clone(), dense, denseRules);
        }

        private void put(Register register, long bits) {
            if ((bits & ~register.mask()) != 0) {
                throw new IllegalArgumentException(
                        String.format("%s is %d bits wide, value 0x%x does not fit", register, register.width(), bits));
            }
            present[register.ordinal() >>> 6] |= 1L << register.ordinal();
            values[register.ordinal()] = bits;
        }
    }
}
