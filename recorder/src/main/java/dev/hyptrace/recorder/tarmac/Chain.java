package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;

/** The last instruction of a processor, and what can follow it. */
final class Chain {
    private static final int OFFSET = 0x1f;
    private static final int CALL_SLOT = 0x08;
    private static final int HYP_SLOT = 0x14;

    private boolean linked;
    private int address;
    private Code code;
    private boolean executed;

    void start(int newAddress, Code newCode, boolean isExecuted) {
        linked = true;
        address = newAddress;
        code = newCode;
        executed = isExecuted;
    }

    /** Nothing has to follow from the last instruction. */
    void unlink() {
        linked = false;
    }

    boolean isLinked() {
        return linked;
    }

    int address() {
        return address;
    }

    Code code() {
        return code;
    }

    /** Whether the last instruction ran as an exception return. */
    boolean returned() {
        return linked && executed && code.flow().exceptionReturn();
    }

    /** The HVC that ran last; null when it was something else. */
    Instruction hvc() {
        return linked && executed
                ? code.instruction().filter(Instruction::isHvc).orElse(null)
                : null;
    }

    /** Whether the last instruction ran as SVC, HVC or SMC. */
    boolean called() {
        return linked && executed && code.flow().isCall();
    }

    boolean lastExecuted() {
        return executed;
    }

    /** The exception that leads to an address in a mode, when no line says so; null when none does. */
    ExceptionKind exception(int target, Mode from, Mode to) {
        boolean behind = linked && target == address + code.size();
        if (!linked || to == null || returned() || behind && from == to) {
            return null;
        }
        if (from == to && !called() && leadsTo(target) || behind && !called()) {
            return null;
        }
        return EventNames.atVector(to, target & OFFSET, hvc() != null);
    }

    /** Whether an instruction at this address can come next without an exception. */
    boolean leadsTo(int target) {
        if (!linked || target == address + code.size()) {
            return true;
        }
        if (!executed) {
            return code.flow().kind() == Flow.Kind.ANYWHERE
                    && code.instruction().isEmpty();
        }
        Flow flow = code.flow();
        return switch (flow.kind()) {
            case NEXT -> false;
            case BRANCH -> isAt(address + flow.operand(), target);
            case COMPARE_BRANCH -> target == address + (flow.operand() >> 4);
            case REGISTER, ANYWHERE -> true;
            default -> (target & OFFSET) == CALL_SLOT || (target & OFFSET) == HYP_SLOT;
        };
    }

    /** A branch from T32 to A32 clears the low bits of the address. */
    private boolean isAt(int branchTarget, int target) {
        return target == branchTarget || code.set() == InstructionSet.T32 && target == (branchTarget & ~3);
    }
}
