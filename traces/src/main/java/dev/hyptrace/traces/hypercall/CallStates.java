package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the rules of exception entry to Hyp mode let one derive about a hypercall (DDI 0406C B1.8.3, "Overview of exception
 * entry"). Nothing here replaces a value that is known or derived already.
 */
final class CallStates {
    /** The offset of the vector for an HVC from outside Hyp mode: "Hyp Trap, or Hyp mode entry". */
    static final int SLOT_FROM_BELOW = 0x14;
    /** The offset of the vector for an HVC executed in Hyp mode. */
    static final int SLOT_FROM_HYP = 0x08;
    /** HVBAR is aligned to 32 bytes. */
    static final int VECTOR_TABLE_MASK = 0x1f;
    /** HSR.EC of an HVC. */
    static final int EC_HVC = 0x12;

    private static final int EC_SHIFT = 26;
    private static final int IL = 1 << 25;
    private static final int ISS_IMMEDIATE = 0xffff;
    private static final List<Register> VECTOR_BASES = List.of(Register.HVBAR, Register.VBAR, Register.MVBAR);

    private CallStates() {}

    /** Both states, the first where both know a register; known goes over derived. */
    static State merge(State first, State second) {
        if (first.isEmpty()) {
            return second;
        }
        State.Builder merged = second.toBuilder();
        for (Register register : first.registers()) {
            if (!second.isKnown(register) || first.isKnown(register)) {
                merged.put(register, first.get(register));
            }
        }
        return merged.build();
    }

    /** The state with PC: a source that gives an address has recorded it. */
    static State at(int address, State state) {
        return state.has(Register.PC)
                ? state
                : state.toBuilder().known(Register.PC, address).build();
    }

    static OptionalInt word(State state, Register register) {
        return state.has(register) ? OptionalInt.of((int) state.require(register)) : OptionalInt.empty();
    }

    /** The immediate in HSR, when HSR says that it is the syndrome of an HVC. */
    static OptionalInt immediateOf(State vector) {
        OptionalInt hsr = word(vector, Register.HSR);
        return hsr.isPresent() && hsr.getAsInt() >>> EC_SHIFT == EC_HVC
                ? OptionalInt.of(hsr.getAsInt() & ISS_IMMEDIATE)
                : OptionalInt.empty();
    }

    /** The mode that SPSR_hyp says the exception was taken from. */
    static Optional<Mode> savedMode(State vector) {
        return vector.has(Register.SPSR_HYP) ? Mode.ofStatus(vector.require(Register.SPSR_HYP)) : Optional.empty();
    }

    /**
     * The state before the HVC, completed from the state at the vector: exception entry to Hyp mode writes PC, CPSR, ELR_hyp,
     * SPSR_hyp and the syndrome, and no other core register.
     */
    static State completeCall(State call, State vector) {
        State.Builder complete = call.toBuilder();
        word(vector, Register.ELR_HYP).ifPresent(elr -> derive(complete, Register.PC, elr - 4));
        word(vector, Register.SPSR_HYP).ifPresent(spsr -> derive(complete, Register.CPSR, spsr));
        for (Register register : vector.registers()) {
            if (survivesEntry(register)) {
                derive(complete, register, (int) vector.require(register));
            }
        }
        return complete.build();
    }

    private static boolean survivesEntry(Register register) {
        return register.group() == Register.Group.CORE && register != Register.PC
                || register.group() == Register.Group.BANKED
                || VECTOR_BASES.contains(register);
    }

    private static void derive(State.Builder builder, Register register, int bits) {
        if (!builder.has(register)) {
            builder.derived(register, Integer.toUnsignedLong(bits), DerivationRule.CALL_FROM_VECTOR);
        }
    }

    /**
     * The state at the vector, completed from the call.
     *
     * @param site the address of the HVC
     * @param slot the offset of the vector taken; HVBAR follows only from an address that has this offset
     * @param immediate of the HVC's encoding
     */
    static State completeVector(State vector, State call, OptionalInt site, OptionalInt slot, OptionalInt immediate) {
        State.Builder complete = vector.toBuilder();
        site.ifPresent(address -> derive(complete, Register.ELR_HYP, address + 4, DerivationRule.ELR_FROM_HVC_ADDRESS));
        word(call, Register.CPSR)
                .ifPresent(cpsr -> derive(complete, Register.SPSR_HYP, cpsr, DerivationRule.SPSR_FROM_CPSR));
        immediate.ifPresent(
                imm -> derive(complete, Register.HSR, EC_HVC << EC_SHIFT | IL | imm, DerivationRule.HSR_FROM_HVC));
        OptionalInt pc = word(vector, Register.PC);
        if (pc.isPresent() && slot.isPresent() && (pc.getAsInt() & VECTOR_TABLE_MASK) == slot.getAsInt()) {
            derive(complete, Register.HVBAR, pc.getAsInt() - slot.getAsInt(), DerivationRule.HVBAR_FROM_VECTOR);
        }
        return complete.build();
    }

    private static void derive(State.Builder builder, Register register, int bits, DerivationRule rule) {
        if (!builder.has(register)) {
            builder.derived(register, Integer.toUnsignedLong(bits), rule);
        }
    }
}
