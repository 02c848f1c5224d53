package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.qemulog.flow.Condition;
import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Mode;

/**
 * The instruction that a processor started last, with the registers before it where the log has them: what the next line of
 * that processor must follow from.
 */
final class LastInstruction {
    private static final int SUPERVISOR_SLOT = 0x08;
    private static final int HYP_SLOT = 0x14;
    private static final int UNBANKED = 8;
    private static final int UNBANKED_BUT_IN_FIQ = 13;
    private static final int CORE_REGISTERS = 15;

    private int address;
    private Code code = Code.UNKNOWN;
    private RegisterBlock before = new RegisterBlock();

    /** Takes the place of the last instruction; the registers before it are what the block holds. */
    void start(int newAddress, Code newCode) {
        address = newAddress;
        code = newCode;
    }

    /** The registers before it, to be read, or filled by whoever owns this. */
    RegisterBlock before() {
        return before;
    }

    /** Exchanges the registers for those of another block. */
    RegisterBlock exchange(RegisterBlock other) {
        RegisterBlock old = before;
        before = other;
        return old;
    }

    int address() {
        return address;
    }

    Code code() {
        return code;
    }

    /** The address behind it. */
    int next() {
        return address + code.size();
    }

    /** Whether the processor can be at this address, in this state, when the instruction is done. */
    boolean leadsTo(int target, RegisterBlock after) {
        return leadsTo(target) && (code.flow().kind() != Flow.Kind.ANYWHERE || target == next() || keeps(after));
    }

    /** Whether the instruction can be at this address next, as far as its own encoding and state say. */
    boolean leadsTo(int target) {
        if (mayFail() && target == next()) {
            return true;
        }
        return mayPass() && passesTo(target);
    }

    private boolean passesTo(int target) {
        Flow flow = code.flow();
        return switch (flow.kind()) {
            case NEXT -> target == next();
            case BRANCH -> isAt(address + flow.operand(), target);
            case COMPARE_BRANCH -> compareBranchesTo(target);
            case REGISTER -> registerBranchesTo(target);
            case ANYWHERE -> true;
            case SUPERVISOR_CALL, MONITOR_CALL -> target == next() || (target & 0x1f) == SUPERVISOR_SLOT;
            case HYPERVISOR_CALL ->
                target == next() || (target & 0x1f) == (before.isIn(Mode.HYP) ? SUPERVISOR_SLOT : HYP_SLOT);
        };
    }

    /** A branch from T32 to A32 clears the low bits of the address. */
    private boolean isAt(int branchTarget, int target) {
        return target == branchTarget || code.isT32() && target == (branchTarget & ~3);
    }

    private boolean compareBranchesTo(int target) {
        int operand = code.flow().operand();
        int taken = address + (operand >> 4);
        if (!before.hasCore(operand & 0xf)) {
            return target == taken || target == next();
        }
        boolean zero = before.core(operand & 0xf) == 0;
        return target == (zero == (code.flow().condition() == 0) ? taken : next());
    }

    private boolean registerBranchesTo(int target) {
        int n = code.flow().operand();
        if (!before.hasCore(n)) {
            return true;
        }
        int value = n == 15 ? address + (code.isT32() ? 4 : 8) : before.core(n);
        return target == (value & ~1) || target == (value & ~3);
    }

    /** Whether nothing changed in a register that the instruction, a branch, does not write. */
    private boolean keeps(RegisterBlock after) {
        int written = code.flow().written();
        for (int n = 0; n < unbankedWith(after, CORE_REGISTERS); n++) {
            if ((written >>> n & 1) == 0 && changes(n, after)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no general-purpose register differs: the instruction cannot have had an effect. */
    boolean leftAllAsIn(RegisterBlock after) {
        for (int n = 0; n < Math.min(UNBANKED_BUT_IN_FIQ, unbankedWith(after, UNBANKED_BUT_IN_FIQ)); n++) {
            if (changes(n, after)) {
                return false;
            }
        }
        return true;
    }

    private boolean changes(int n, RegisterBlock after) {
        return before.hasCore(n) && after.hasCore(n) && before.core(n) != after.core(n);
    }

    /** How many registers from R0 up are the same ones in both states: all in one mode. */
    private int unbankedWith(RegisterBlock after, int inOneMode) {
        boolean oneMode = before.hasPsr() && after.hasPsr() && ((before.psr() ^ after.psr()) & Mode.MASK) == 0;
        if (oneMode) {
            return inOneMode;
        }
        boolean fiq = !before.hasPsr() || !after.hasPsr() || before.isIn(Mode.FIQ) || after.isIn(Mode.FIQ);
        return fiq ? UNBANKED : UNBANKED_BUT_IN_FIQ;
    }

    /** Whether it is an exception return whose condition certainly passed; one that may stand in an IT block is none. */
    boolean isExceptionReturn() {
        boolean inItBlock = code.isT32() && !before.hasPsr();
        return code.flow().exceptionReturn() && !mayFail() && !inItBlock;
    }

    /** Whether it can have been an exception return. */
    boolean mayBeExceptionReturn() {
        return !code.isKnown() || code.flow().exceptionReturn() && mayPass();
    }

    private boolean mayPass() {
        return !before.hasPsr() || Condition.passes(condition(), before.psr());
    }

    private boolean mayFail() {
        return before.hasPsr()
                ? !Condition.passes(condition(), before.psr())
                : code.flow().condition() != Flow.ALWAYS;
    }

    private int condition() {
        if (code.flow().kind() == Flow.Kind.COMPARE_BRANCH) {
            return Flow.ALWAYS;
        }
        return code.isT32() && Condition.itState(before.psr()) != 0
                ? Condition.itState(before.psr()) >>> 4
                : code.flow().condition();
    }
}
