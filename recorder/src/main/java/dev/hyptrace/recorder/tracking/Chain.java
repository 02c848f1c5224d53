package dev.hyptrace.recorder.tracking;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;

/** The last instruction of a processor, and what can follow it. */
public final class Chain {
    private static final int OFFSET = 0x1f;
    private static final int CALL_SLOT = 0x08;
    private static final int HYP_SLOT = 0x14;

    private boolean linked;
    private int address;
    private Code code;
    private boolean executed;

    public void start(int newAddress, Code newCode, boolean isExecuted) {
        linked = true;
        address = newAddress;
        code = newCode;
        executed = isExecuted;
    }

    /** Nothing has to follow from the last instruction. */
    public void unlink() {
        linked = false;
    }

    public boolean isLinked() {
        return linked;
    }

    public int address() {
        return address;
    }

    public Code code() {
        return code;
    }

    /** Whether the last instruction ran as an exception return. */
    public boolean returned() {
        return linked && executed && code.flow().exceptionReturn();
    }

    /** The HVC that ran last; null when it was something else. */
    public Instruction hvc() {
        return linked && executed
                ? code.instruction().filter(Instruction::isHvc).orElse(null)
                : null;
    }

    /** Whether the last instruction ran as SVC, HVC or SMC. */
    public boolean called() {
        return linked && executed && code.flow().isCall();
    }

    public boolean lastExecuted() {
        return executed;
    }

    /** The exception that leads to an address in a mode, when no line says so; null when none does. */
    public ExceptionKind exception(int target, Mode from, Mode to) {
        boolean behind = linked && target == address + code.size();
        if (!linked || to == null || returned() || behind && from == to) {
            return null;
        }
        if (from == to && !called() && leadsTo(target) || behind && !called()) {
            return null;
        }
        return VectorOffsets.atVector(to, target & OFFSET, hvc() != null);
    }

    /** Whether an instruction at this address can come next without an exception. */
    public boolean leadsTo(int target) {
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
