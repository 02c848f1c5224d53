package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.qemulog.flow.Condition;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;

/**
 * What the rules of exception entry add to the state at a vector (DDI 0406C B1.8.3, "Overview of exception entry"), from the
 * instruction before it and from the vector's address.
 */
final class VectorState {
    /** The base address of the vectors while SCTLR.V is 1; VBAR is then not used. */
    private static final int HIGH_VECTORS = 0xffff_0000;

    private VectorState() {}

    /** Adds ELR_hyp and the SPSR of the mode entered, where they follow from the instruction that the exception is about. */
    static void addReturn(State.Builder state, TakenException exception, LastInstruction last) {
        if (exception.isAfterInstruction()) {
            return;
        }
        if (exception.isToHyp()) {
            addExceptionLink(state, exception, last);
        }
        if (last.before().hasPsr()) {
            int psr = last.before().psr();
            int saved = last.code().flow().isCall() ? Condition.itAdvance(psr) : psr;
            exception
                    .to()
                    .flatMap(Mode::savedStatus)
                    .ifPresent(spsr -> derive(state, spsr, saved, DerivationRule.SPSR_FROM_CPSR));
        }
    }

    private static void addExceptionLink(State.Builder state, TakenException exception, LastInstruction last) {
        ExceptionKind kind = exception.kind();
        if (kind == ExceptionKind.HYPERVISOR_CALL) {
            derive(state, Register.ELR_HYP, last.next(), DerivationRule.ELR_FROM_HVC_ADDRESS);
        } else if (kind != ExceptionKind.SUPERVISOR_CALL) {
            derive(state, Register.ELR_HYP, last.address(), DerivationRule.ELR_FROM_INSTRUCTION_ADDRESS);
        }
    }

    /** Adds the base of the vector table that the exception used. */
    static void addBase(State.Builder state, TakenException exception, int vector, RegisterBlock atVector) {
        int base = vector - exception.vectorOffset();
        if (exception.isToHyp()) {
            derive(state, Register.HVBAR, base, DerivationRule.HVBAR_FROM_VECTOR);
        } else if (atVector.isIn(Mode.MON)) {
            derive(state, Register.MVBAR, base, DerivationRule.VBAR_FROM_VECTOR);
        } else if (atVector.hasPsr() && base != HIGH_VECTORS) {
            Register vbar = exception.isToSecure() ? Register.VBAR_S : Register.VBAR;
            derive(state, vbar, base, DerivationRule.VBAR_FROM_VECTOR);
        }
    }

    private static void derive(State.Builder state, Register register, int value, DerivationRule rule) {
        state.derived(register, Integer.toUnsignedLong(value), rule);
    }
}
