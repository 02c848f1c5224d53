package dev.hyptrace.recorder.ftrace;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/** One exit of a guest to Hyp mode, and what the events after it say about it. */
final class GuestExit {
    private static final int EC_SHIFT = 26;
    private static final int EC_HVC = 0x12;
    private static final int IL = 1 << 25;

    private final String type;
    private final int exceptionClass;
    private final int pc;
    private final State.Builder atVector = State.builder();
    private ExceptionKind told = ExceptionKind.UNKNOWN;
    private boolean explained;

    /**
     * @param type what KVM says took the processor out of the guest; empty when it does not say
     * @param exceptionClass HSR.EC as KVM printed it, or -1
     * @param pc the guest's PC, which is what ELR_hyp was
     */
    GuestExit(String type, long exceptionClass, int pc) {
        this.type = type;
        this.exceptionClass = (int) exceptionClass;
        this.pc = pc;
        atVector.known(Register.ELR_HYP, pc);
    }

    /** Whether an event that KVM writes while it handles an exit, with this PC, can be about this one. */
    boolean canBe(int detailPc) {
        return pc == detailPc && !isInterrupt() && !explained;
    }

    private boolean isInterrupt() {
        return type.equals("IRQ") || type.equals("FIQ");
    }

    /** It was an HVC. */
    void hypercall(int r0, int immediate) {
        told = ExceptionKind.HYPERVISOR_CALL;
        explained = true;
        atVector.known(Register.R0, r0);
        long hsr = Integer.toUnsignedLong(EC_HVC << EC_SHIFT | IL | immediate);
        atVector.derived(Register.HSR, hsr, DerivationRule.HSR_FROM_HVC);
    }

    /** It was an abort at the second stage of translation. */
    void fault(int hsr, int faultAddress) {
        told = kindOf(hsr >>> EC_SHIFT);
        explained = true;
        atVector.known(Register.HSR, hsr);
        if (told == ExceptionKind.DATA_ABORT) {
            atVector.known(Register.HDFAR, faultAddress);
        } else if (told == ExceptionKind.PREFETCH_ABORT) {
            atVector.known(Register.HIFAR, faultAddress);
        }
    }

    /** It was an instruction that traps to Hyp mode. */
    void trapped() {
        told = ExceptionKind.HYP_TRAP;
        explained = true;
    }

    void trappedUnlessExplained() {
        if (!explained && !isInterrupt()) {
            trapped();
        }
    }

    Event.ExceptionEntry event(int cpu) {
        return new Event.ExceptionEntry(cpu, kind(), Optional.empty(), Optional.of(Mode.HYP), atVector.build());
    }

    private ExceptionKind kind() {
        return told == ExceptionKind.UNKNOWN ? kindOfType() : told;
    }

    private ExceptionKind kindOfType() {
        return switch (type) {
            case "HVC", "TRAP" -> kindOf(exceptionClass);
            case "IRQ" -> ExceptionKind.IRQ;
            case "FIQ" -> ExceptionKind.FIQ;
            case "RESET" -> ExceptionKind.RESET;
            case "UNDEFINED" -> ExceptionKind.UNDEFINED_INSTRUCTION;
            case "SOFTWARE" -> ExceptionKind.SUPERVISOR_CALL;
            case "PREF_ABORT" -> ExceptionKind.PREFETCH_ABORT;
            case "DATA_ABORT" -> ExceptionKind.DATA_ABORT;
            default -> ExceptionKind.UNKNOWN;
        };
    }

    /** DDI 0406C, "Hyp Syndrome Register, HSR": the exception classes. */
    private static ExceptionKind kindOf(int exceptionClass) {
        return switch (exceptionClass) {
            case 0x01, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0c, 0x13 -> ExceptionKind.HYP_TRAP;
            case 0x11 -> ExceptionKind.SUPERVISOR_CALL;
            case EC_HVC -> ExceptionKind.HYPERVISOR_CALL;
            case 0x20, 0x21 -> ExceptionKind.PREFETCH_ABORT;
            case 0x24, 0x25 -> ExceptionKind.DATA_ABORT;
            default -> ExceptionKind.UNKNOWN;
        };
    }
}
