package dev.hyptrace.recorder.tracking;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;

/**
 * What an exception does to registers, as far as its lines do not say: what it must have written is unknown, or derived where
 * the call before it tells.
 *
 * @param to the mode it was taken to, null when it is not known
 * @param last the instruction before
 * @param before the registers before that; null when there is none
 */
public record Entry(TrackedState state, ExceptionKind kind, Mode to, Chain last, State before) {
    private static final int OFFSET = 0x1f;
    private static final long HSR_OF_HVC = 0x4a00_0000L;
    private static final List<Register> HYP_SYNDROME = List.of(Register.HSR);
    private static final List<Register> HYP_FAULT =
            List.of(Register.HSR, Register.HDFAR, Register.HIFAR, Register.HPFAR);
    private static final List<Register> DATA_FAULT = List.of(Register.DFSR, Register.DFAR);
    private static final List<Register> SECURE_DATA_FAULT = List.of(Register.DFSR_S, Register.DFAR_S);
    private static final List<Register> FETCH_FAULT = List.of(Register.IFSR, Register.IFAR);
    private static final List<Register> SECURE_FETCH_FAULT = List.of(Register.IFSR_S, Register.IFAR_S);

    /** Brings the registers to what they are at the vector. */
    public void apply(int address, boolean secure) {
        if (kind == ExceptionKind.RESET) {
            state.forgetAllUnwritten();
            return;
        }
        state.forgetUnlessWritten(Register.CPSR);
        if (to == null) {
            return;
        }
        to.savedStatus().ifPresent(state::forgetUnlessWritten);
        state.forgetUnlessWritten(to == Mode.HYP ? Register.ELR_HYP : to.linkRegister());
        syndrome(secure).forEach(state::forgetUnlessWritten);
        deriveFromCall();
        deriveBase(address);
    }

    private List<Register> syndrome(boolean secure) {
        boolean interrupt = kind == ExceptionKind.IRQ || kind == ExceptionKind.FIQ;
        if (to == Mode.HYP) {
            boolean fault = kind != ExceptionKind.HYPERVISOR_CALL && kind != ExceptionKind.SUPERVISOR_CALL;
            return interrupt ? List.of() : fault ? HYP_FAULT : HYP_SYNDROME;
        }
        return switch (kind) {
            case DATA_ABORT -> secure ? SECURE_DATA_FAULT : DATA_FAULT;
            case PREFETCH_ABORT -> secure ? SECURE_FETCH_FAULT : FETCH_FAULT;
            default -> List.of();
        };
    }

    private void deriveFromCall() {
        Register saved = to.savedStatus().orElse(null);
        if (last.called() && isCall() && saved != null && !state.isWritten(saved) && before.has(Register.CPSR)) {
            state.derive(saved, before.require(Register.CPSR), DerivationRule.SPSR_FROM_CPSR);
        }
        Instruction hvc = last.hvc();
        if (hvc == null || to != Mode.HYP || kind != ExceptionKind.HYPERVISOR_CALL) {
            return;
        }
        long next = Integer.toUnsignedLong(last.address() + hvc.size());
        derive(Register.ELR_HYP, next, DerivationRule.ELR_FROM_HVC_ADDRESS);
        derive(Register.HSR, HSR_OF_HVC | hvc.hvcImmediate(), DerivationRule.HSR_FROM_HVC);
    }

    private boolean isCall() {
        return kind == ExceptionKind.HYPERVISOR_CALL
                || kind == ExceptionKind.SUPERVISOR_CALL
                || kind == ExceptionKind.SECURE_MONITOR_CALL;
    }

    private void derive(Register register, long bits, DerivationRule rule) {
        if (!state.isWritten(register)) {
            state.derive(register, bits, rule);
        }
    }

    private void deriveBase(int address) {
        boolean atVector = VectorOffsets.atVector(Mode.HYP, address & OFFSET, true) == kind;
        if (to == Mode.HYP && atVector && !state.has(Register.HVBAR)) {
            state.derive(Register.HVBAR, address & 0xffff_ffe0L, DerivationRule.HVBAR_FROM_VECTOR);
        }
    }
}
