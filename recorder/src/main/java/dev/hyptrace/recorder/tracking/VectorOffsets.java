package dev.hyptrace.recorder.tracking;

import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;

/** Which exception has its vector where. */
public final class VectorOffsets {
    private VectorOffsets() {}

    /**
     * The exception that leads to a vector: DDI 0406C B1.8.1 "Exception vectors and the exception base address".
     *
     * @param offset bits [4:0] of the address
     * @param hvc whether the instruction before was HVC
     * @return null when no exception that is taken to this mode has its vector there
     */
    public static ExceptionKind atVector(Mode to, int offset, boolean hvc) {
        return switch (to) {
            case HYP -> atHypVector(offset, hvc);
            case UND -> offset == 0x04 ? ExceptionKind.UNDEFINED_INSTRUCTION : null;
            case SVC -> offset == 0x08 ? ExceptionKind.SUPERVISOR_CALL : null;
            case ABT -> abort(offset);
            case IRQ -> offset == 0x18 ? ExceptionKind.IRQ : null;
            case FIQ -> offset == 0x1c ? ExceptionKind.FIQ : null;
            case MON -> atMonitorVector(offset);
            default -> null;
        };
    }

    private static ExceptionKind atHypVector(int offset, boolean hvc) {
        return switch (offset) {
            case 0x04 -> ExceptionKind.UNDEFINED_INSTRUCTION;
            case 0x08 -> hvc ? ExceptionKind.HYPERVISOR_CALL : ExceptionKind.SUPERVISOR_CALL;
            case 0x14 -> hvc ? ExceptionKind.HYPERVISOR_CALL : ExceptionKind.HYP_TRAP;
            case 0x18 -> ExceptionKind.IRQ;
            case 0x1c -> ExceptionKind.FIQ;
            default -> abort(offset);
        };
    }

    private static ExceptionKind atMonitorVector(int offset) {
        return switch (offset) {
            case 0x08 -> ExceptionKind.SECURE_MONITOR_CALL;
            case 0x18 -> ExceptionKind.IRQ;
            case 0x1c -> ExceptionKind.FIQ;
            default -> abort(offset);
        };
    }

    private static ExceptionKind abort(int offset) {
        return offset == 0x0c ? ExceptionKind.PREFETCH_ABORT : offset == 0x10 ? ExceptionKind.DATA_ABORT : null;
    }
}
