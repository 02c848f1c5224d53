package dev.hyptrace.traces.summary;

import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumMap;
import java.util.Map;

/** Counts in which states registers are given; states of one shape in a row are counted together. */
final class RegisterCounts {
    private final long[] known = new long[Register.all().size()];
    private final long[] derived = new long[known.length];
    private State shape = State.unknown();
    private long inARow;

    void count(State state) {
        if (!state.hasShapeOf(shape)) {
            settle();
            shape = state;
        }
        inARow++;
    }

    private void settle() {
        for (Register register : shape.registers()) {
            long[] counts = shape.isKnown(register) ? known : derived;
            counts[register.ordinal()] += inARow;
        }
        inARow = 0;
    }

    /** The registers that were given at least once, in display order. */
    Map<Register, Recorded> counts() {
        settle();
        Map<Register, Recorded> counts = new EnumMap<>(Register.class);
        for (Register register : Register.all()) {
            Recorded recorded = new Recorded(known[register.ordinal()], derived[register.ordinal()]);
            if (recorded.known() + recorded.derived() > 0) {
                counts.put(register, recorded);
            }
        }
        return counts;
    }
}
