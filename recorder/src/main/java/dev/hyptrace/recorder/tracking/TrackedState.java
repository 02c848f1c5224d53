package dev.hyptrace.recorder.tracking;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Arrays;
import java.util.List;

/**
 * The registers of one processor as the lines so far give them. A {@link State} of it costs one copy of the values as long as
 * no register becomes known, derived or unknown.
 */
public final class TrackedState {
    private static final List<Register> ALL = Register.all();

    private final State.Builder builder = State.builder();
    private final long[] values = new long[ALL.size()];
    private final boolean[] present = new boolean[ALL.size()];
    private final DerivationRule[] rules = new DerivationRule[ALL.size()];
    private final boolean[] written = new boolean[ALL.size()];
    private final int[] writtenList = new int[ALL.size()];
    private int writtenCount;

    private final int[] rank = new int[ALL.size()];
    private final long[] dense = new long[ALL.size()];
    private State template = State.unknown();
    private boolean reshaped = true;

    public boolean has(Register register) {
        return present[register.ordinal()];
    }

    /** The bits of a register that is there. */
    public long bits(Register register) {
        return values[register.ordinal()];
    }

    /** A line gives the register. */
    public void write(Register register, long bits) {
        put(register, bits, null);
        mark(register);
    }

    /** A line writes the register without a value. */
    public void writeUnknown(Register register) {
        forget(register);
        mark(register);
    }

    public void derive(Register register, long bits, DerivationRule rule) {
        put(register, bits, rule);
    }

    public void forget(Register register) {
        int ordinal = register.ordinal();
        reshaped |= present[ordinal];
        present[ordinal] = false;
    }

    /** Whether a line has written the register since {@link #startStep}. */
    public boolean isWritten(Register register) {
        return written[register.ordinal()];
    }

    public void forgetUnlessWritten(Register register) {
        if (!isWritten(register)) {
            forget(register);
        }
    }

    public void forgetAllUnwritten() {
        for (Register register : ALL) {
            forgetUnlessWritten(register);
        }
    }

    /** From here on registers are written by the next instruction. */
    public void startStep() {
        for (int i = 0; i < writtenCount; i++) {
            written[writtenList[i]] = false;
        }
        writtenCount = 0;
    }

    /** What is known now. */
    public State snapshot() {
        if (reshaped) {
            reshape();
        }
        return template.withValues(dense);
    }

    private void put(Register register, long bits, DerivationRule rule) {
        int ordinal = register.ordinal();
        if (!present[ordinal] || rules[ordinal] != rule) {
            reshaped = true;
            present[ordinal] = true;
            rules[ordinal] = rule;
        }
        values[ordinal] = bits;
        dense[rank[ordinal]] = bits;
    }

    private void mark(Register register) {
        int ordinal = register.ordinal();
        if (!written[ordinal]) {
            written[ordinal] = true;
            writtenList[writtenCount++] = ordinal;
        }
    }

    private void reshape() {
        builder.clear();
        Arrays.fill(rank, ALL.size() - 1);
        int next = 0;
        for (int ordinal = 0; ordinal < present.length; ordinal++) {
            if (present[ordinal]) {
                fill(ordinal);
                rank[ordinal] = next;
                dense[next++] = values[ordinal];
            }
        }
        template = builder.build();
        reshaped = false;
    }

    private void fill(int ordinal) {
        if (rules[ordinal] == null) {
            builder.known(ALL.get(ordinal), values[ordinal]);
        } else {
            builder.derived(ALL.get(ordinal), values[ordinal], rules[ordinal]);
        }
    }
}
