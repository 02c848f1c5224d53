package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.ExceptionKind;
import java.util.Locale;

/** Which exception the name or number of an event means. */
final class EventNames {
    private static final int MODE_CHANGE = 0x19;

    private EventNames() {}

    /**
     * The exception of a {@code CoreEvent}; null for a change of mode, which is none.
     *
     * @param number the number before the name, of which the low eight bits count
     */
    static ExceptionKind coreEvent(long number, String name) {
        int kind = (int) number & 0xff;
        if (kind == MODE_CHANGE) {
            return null;
        }
        ExceptionKind byName = named(name);
        return byName != ExceptionKind.UNKNOWN ? byName : numbered(kind);
    }

    private static ExceptionKind numbered(int kind) {
        return switch (kind) {
            case 1 -> ExceptionKind.RESET;
            case 2 -> ExceptionKind.UNDEFINED_INSTRUCTION;
            case 3 -> ExceptionKind.SUPERVISOR_CALL;
            case 4 -> ExceptionKind.PREFETCH_ABORT;
            case 5, 0xe -> ExceptionKind.DATA_ABORT;
            case 7 -> ExceptionKind.IRQ;
            case 8 -> ExceptionKind.FIQ;
            default -> ExceptionKind.UNKNOWN;
        };
    }

    /** The exception that a text names, by the words that producers use. */
    static ExceptionKind named(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace(" ", "");
        if (name.contains("reset")) {
            return ExceptionKind.RESET;
        }
        if (name.contains("undef")) {
            return ExceptionKind.UNDEFINED_INSTRUCTION;
        }
        if (name.contains("abort")) {
            return name.contains("prefetch") ? ExceptionKind.PREFETCH_ABORT : dataAbort(name);
        }
        if (name.contains("hyptrap")) {
            return ExceptionKind.HYP_TRAP;
        }
        return call(name);
    }

    private static ExceptionKind dataAbort(String name) {
        return name.contains("virtual") ? ExceptionKind.VIRTUAL_ABORT : ExceptionKind.DATA_ABORT;
    }

    private static ExceptionKind call(String name) {
        if (name.contains("hvc") || name.contains("hyp")) {
            return ExceptionKind.HYPERVISOR_CALL;
        }
        if (name.contains("smc") || name.contains("securemonitor")) {
            return ExceptionKind.SECURE_MONITOR_CALL;
        }
        if (name.contains("swi") || name.contains("svc") || name.contains("supervisor")) {
            return ExceptionKind.SUPERVISOR_CALL;
        }
        boolean virtual = name.contains("virtual") || name.contains("virq") || name.contains("vfiq");
        if (name.contains("fiq")) {
            return virtual ? ExceptionKind.VIRTUAL_FIQ : ExceptionKind.FIQ;
        }
        if (name.contains("irq")) {
            return virtual ? ExceptionKind.VIRTUAL_IRQ : ExceptionKind.IRQ;
        }
        return ExceptionKind.UNKNOWN;
    }
}
