package dev.hyptrace.recorder.tracking;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;

/**
 * CPSR between the lines that write it: J, T and the IT bits change without one, and so does the mode where exceptions have no
 * lines.
 */
public final class Status {
    private static final long T = 1 << 5;
    private static final long J = 1 << 24;
    private static final long IT_BITS = 0x0600_fc00L;
    private static final int UNKNOWN = -1;

    private final TrackedState state;
    private int itState = UNKNOWN;

    public Status(TrackedState state) {
        this.state = state;
    }

    /** The mode in CPSR; the other when that is not known. */
    public Mode mode(Mode otherwise) {
        return state.has(Register.CPSR)
                ? Mode.ofStatus(state.bits(Register.CPSR)).orElse(otherwise)
                : otherwise;
    }

    /**
     * Brings CPSR to what it is before an instruction.
     *
     * @param last what came before
     * @param set the instruction set of the instruction
     * @param mode the mode of the instruction, null when it is not known
     * @param interrupted whether the instruction does not simply follow the last one
     */
    public void settle(Chain last, InstructionSet set, Mode mode, boolean interrupted) {
        itState = set != InstructionSet.T32 ? 0 : interrupted || !last.isLinked() ? UNKNOWN : after(last);
        if (!state.has(Register.CPSR)) {
            return;
        }
        long bits = state.bits(Register.CPSR);
        if (mode != null && (bits & Mode.MASK) != mode.encoding()) {
            state.forget(Register.CPSR);
            return;
        }
        if (itState == UNKNOWN) {
            itState = (int) (bits >>> 25 & 3 | bits >>> 8 & 0xfc);
        }
        long now = bits & ~(T | J | IT_BITS) | setBits(set) | itBits();
        if (now != bits) {
            state.derive(Register.CPSR, now, DerivationRule.STATUS_FROM_INSTRUCTIONS);
        }
    }

    /** ITAdvance(), or what an IT instruction sets: DDI 0406C A2.5.2 "IT block state register, ITSTATE". */
    private int after(Chain last) {
        int set = last.lastExecuted() ? last.code().itState() : 0;
        if (set != 0 || itState == UNKNOWN) {
            return set != 0 ? set : UNKNOWN;
        }
        return (itState & 7) == 0 ? 0 : itState & 0xe0 | itState << 1 & 0x1f;
    }

    private long itBits() {
        return (long) (itState & 3) << 25 | (long) (itState & 0xfc) << 8;
    }

    private static long setBits(InstructionSet set) {
        return switch (set) {
            case A32 -> 0;
            case T32 -> T;
            case THUMB_EE -> T | J;
            case JAZELLE -> J;
        };
    }
}
