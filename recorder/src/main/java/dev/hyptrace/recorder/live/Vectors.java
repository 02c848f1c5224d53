package dev.hyptrace.recorder.live;

import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The eight places of a vector table, and what brings a processor to each. */
final class Vectors {
    /** Between two places. */
    private static final int STEP = 4;
    /** Where Hyp mode is entered from below by a hypercall or a trap. */
    private static final int TRAP = 0x14;
    /** HSR.EC, bits [31:26]. */
    private static final int EC_SHIFT = 26;

    private static final int EC_SVC = 0x11;
    private static final int EC_HVC = 0x12;

    private Vectors() {}

    /** All places at which an exception can arrive, for vector tables at these bases. */
    static Set<Integer> entries(Collection<Integer> bases) {
        Set<Integer> entries = new TreeSet<>();
        for (int base : bases) {
            for (int offset = STEP; offset <= 0x1c; offset += STEP) {
                entries.add(base + offset);
            }
        }
        return entries;
    }

    /** The place of each table at which a hypercall from below Hyp mode arrives. */
    static Set<Integer> calls(Collection<Integer> bases) {
        Set<Integer> entries = new TreeSet<>();
        bases.forEach(base -> entries.add(base + TRAP));
        return entries;
    }

    /** Whether the address is one of the places of a table: such a table is aligned to 32 bytes. */
    static boolean isEntry(int address, long base) {
        int offset = address - (int) base;
        return offset >= STEP && offset <= 0x1c && offset % STEP == 0;
    }

    /**
     * The exception that leads to a place.
     *
     * @param to the mode entered
     * @param at the state there; HSR decides where a place of the Hyp vectors serves several kinds
     */
    static ExceptionKind kind(Mode to, State at) {
        int offset = (int) at.require(Register.PC) & 0x1c;
        return switch (offset) {
            case 0x04 -> ExceptionKind.UNDEFINED_INSTRUCTION;
            case 0x08 -> call(to, at);
            case 0x0c -> ExceptionKind.PREFETCH_ABORT;
            case 0x10 -> ExceptionKind.DATA_ABORT;
            case 0x14 -> trap(to, at);
            case 0x18 -> ExceptionKind.IRQ;
            case 0x1c -> ExceptionKind.FIQ;
            default -> ExceptionKind.RESET;
        };
    }

    private static ExceptionKind call(Mode to, State at) {
        return switch (to) {
            case HYP -> exceptionClass(at) == EC_SVC ? ExceptionKind.SUPERVISOR_CALL : ExceptionKind.HYPERVISOR_CALL;
            case MON -> ExceptionKind.SECURE_MONITOR_CALL;
            default -> ExceptionKind.SUPERVISOR_CALL;
        };
    }

    private static ExceptionKind trap(Mode to, State at) {
        if (to != Mode.HYP || !at.has(Register.HSR)) {
            return ExceptionKind.UNKNOWN;
        }
        return exceptionClass(at) == EC_HVC ? ExceptionKind.HYPERVISOR_CALL : ExceptionKind.HYP_TRAP;
    }

    private static int exceptionClass(State at) {
        return at.has(Register.HSR) ? (int) (at.require(Register.HSR) >>> EC_SHIFT) : -1;
    }
}
