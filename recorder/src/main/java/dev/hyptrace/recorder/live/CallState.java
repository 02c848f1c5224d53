package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** What the state at a vector says of the HVC that led there. */
final class CallState {
    private static final int HVC_SIZE = 4;
    /** What the exception itself has changed, and what is not of the caller's mode. */
    private static final Set<Register> LOST =
            EnumSet.of(Register.HSR, Register.ELR_HYP, Register.SPSR_HYP, Register.PC, Register.CPSR);

    private CallState() {}

    /** The address of the HVC; empty when ELR_hyp is unknown. */
    static OptionalInt site(State vector) {
        return vector.has(Register.ELR_HYP)
                ? OptionalInt.of((int) vector.require(Register.ELR_HYP) - HVC_SIZE)
                : OptionalInt.empty();
    }

    /** The immediate of the HVC, which HSR holds; empty when HSR is unknown. */
    static OptionalInt immediate(State vector) {
        return vector.has(Register.HSR)
                ? OptionalInt.of((int) vector.require(Register.HSR) & 0xffff)
                : OptionalInt.empty();
    }

    /** The HVC: its encoding follows from its immediate, for no condition but "always" is allowed on it. */
    static Instruction instruction(State vector) {
        int immediate = (int) vector.require(Register.HSR) & 0xffff;
        return InstructionSet.ofStatus(vector.require(Register.SPSR_HYP)) == InstructionSet.A32
                ? Instruction.a32(0xe140_0070 | immediate >> 4 << 8 | immediate & 0xf)
                : Instruction.t32(0xf7e0_8000 | immediate >> 12 << 16 | immediate & 0xfff);
    }

    /** The state before the HVC, all of it derived. ELR_hyp and SPSR_hyp must be there. */
    static State derive(State vector) {
        State.Builder call = State.builder();
        for (Register register : vector.registers()) {
            if (!LOST.contains(register)) {
                call.derived(register, vector.require(register), DerivationRule.CALL_FROM_VECTOR);
            }
        }
        long site = Integer.toUnsignedLong(site(vector).orElseThrow());
        return call.derived(Register.PC, site, DerivationRule.CALL_FROM_VECTOR)
                .derived(Register.CPSR, vector.require(Register.SPSR_HYP), DerivationRule.CALL_FROM_VECTOR)
                .build();
    }
}
