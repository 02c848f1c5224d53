package dev.hyptrace.diff.abi;

import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.OptionalLong;

/**
 * One row of {@code stub-generations.txt}: what one generation does for one value of r0.
 *
 * @param generation its name
 * @param selector the value of r0; empty for every other value
 * @param hvbar {@code keep}, {@code r0} or {@code r1}
 * @param result {@code keep}, {@code HVBAR} or a number
 * @param returns whether the call returns; otherwise r1 is branched to in Hyp mode
 * @param name the function's name, {@code -} where there is none
 */
public record StubFunction(
        String generation, OptionalLong selector, String hvbar, String result, boolean returns, String name) {
    private static final long VECTOR_TABLE_MASK = 0x1f;

    /** What a trace says about something that a row claims. */
    private enum Evidence {
        AGREES,
        CONTRADICTS,
        NONE;

        static Evidence of(boolean agrees) {
            return agrees ? AGREES : CONTRADICTS;
        }
    }

    /** Whether the stub knows this value of r0. */
    public boolean isKnown() {
        return !name.equals("-");
    }

    /** Whether the call did what this row says, as far as was recorded, and enough was recorded to tell. */
    public boolean explains(Hypercall call) {
        Evidence outcome = outcome(call);
        Evidence r0 = outcome == Evidence.AGREES ? r0(call) : Evidence.NONE;
        Evidence base = outcome == Evidence.AGREES ? base(call) : Evidence.NONE;
        boolean contradicted =
                outcome == Evidence.CONTRADICTS || r0 == Evidence.CONTRADICTS || base == Evidence.CONTRADICTS;
        boolean supported = r0 == Evidence.AGREES || base == Evidence.AGREES;
        return !contradicted && supported;
    }

    private Evidence outcome(Hypercall call) {
        if (call.outcome() == Outcome.NEVER_RETURNED || call.outcome() == Outcome.LEFT_HYP) {
            return Evidence.NONE;
        }
        if (returns) {
            return Evidence.of(call.outcome() == Outcome.RETURNED);
        }
        OptionalLong target = call.call().bits(Register.R1);
        OptionalLong reached = call.after().bits(Register.PC);
        if (call.outcome() == Outcome.RETURNED || target.isEmpty() || reached.isEmpty()) {
            return Evidence.of(call.outcome() != Outcome.RETURNED);
        }
        return Evidence.of((target.getAsLong() & ~1L) == reached.getAsLong());
    }

    private Evidence r0(Hypercall call) {
        OptionalLong after = call.after().bits(Register.R0);
        OptionalLong expected =
                switch (result) {
                    case "keep" -> call.call().bits(Register.R0);
                    case "HVBAR" -> hvbarBefore(call);
                    default -> OptionalLong.of(Long.decode(result));
                };
        return compare(expected, after);
    }

    private Evidence base(Hypercall call) {
        OptionalLong expected =
                switch (hvbar) {
                    case "r0" -> call.call().bits(Register.R0);
                    case "r1" -> call.call().bits(Register.R1);
                    default -> hvbarBefore(call);
                };
        OptionalLong stored =
                expected.isEmpty() ? expected : OptionalLong.of(expected.getAsLong() & ~VECTOR_TABLE_MASK);
        return compare(stored, call.after().bits(Register.HVBAR));
    }

    private static OptionalLong hvbarBefore(Hypercall call) {
        OptionalLong atVector = call.vector().bits(Register.HVBAR);
        return atVector.isPresent() ? atVector : call.call().bits(Register.HVBAR);
    }

    private static Evidence compare(OptionalLong expected, OptionalLong found) {
        return expected.isEmpty() || found.isEmpty() ? Evidence.NONE : Evidence.of(expected.equals(found));
    }
}
