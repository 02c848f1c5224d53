package dev.hyptrace.recorder.qemulog.flow;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;

/**
 * Which instruction can follow an instruction, as far as its encoding says: what tells a gap in a log from a branch.
 *
 * <p>The answer errs on one side only. An encoding that is not understood {@linkplain Kind#ANYWHERE may go anywhere}, so that
 * no gap is reported where there is none. Encodings are those of DDI 0406C, A8.8 "Alphabetical list of instructions" and B9.3
 * "Alphabetical list of instructions" (system level), under the names given at each mask.
 *
 * @param kind how the next address is found
 * @param condition the condition of the encoding, 14 (AL) when it has none of its own
 * @param operand of a {@link Kind#BRANCH} the offset from the instruction's address, of {@link Kind#REGISTER} the number of the
 *     register; of {@link Kind#COMPARE_BRANCH} the register in bits [3:0] and the offset above them
 * @param written a mask of the core registers that a branch of kind {@link Kind#ANYWHERE} can write besides PC
 * @param exceptionReturn whether it is an exception return when its condition passes
 * @param accesses whether it accesses memory, a coprocessor or an extension, so that it can abort or be trapped
 */
public record Flow(Kind kind, int condition, int operand, int written, boolean exceptionReturn, boolean accesses) {
    /** How the address of the next instruction is found. */
    public enum Kind {
        /** It is the one behind. */
        NEXT,
        /** It is at a fixed distance. */
        BRANCH,
        /** CBZ and CBNZ: {@link Flow#condition} is 0 (EQ) or 1 (NE) against zero. */
        COMPARE_BRANCH,
        /** It is in a core register. */
        REGISTER,
        /** It was loaded or computed, or the encoding is not understood. */
        ANYWHERE,
        /** It calls or is undefined: an exception follows, SVC. */
        SUPERVISOR_CALL,
        /** As above, HVC. */
        HYPERVISOR_CALL,
        /** As above, SMC. */
        MONITOR_CALL
    }

    public static final int ALWAYS = 14;
    static final int ALL_REGISTERS = 0x7fff;
    static final Flow NEXT = of(Kind.NEXT, ALWAYS, 0);
    static final Flow ACCESS = new Flow(Kind.NEXT, ALWAYS, 0, 0, false, true);
    public static final Flow ANYWHERE = new Flow(Kind.ANYWHERE, ALWAYS, 0, ALL_REGISTERS, false, true);

    private static final int LR = 1 << 14;

    public static Flow of(Instruction instruction) {
        int bits = instruction.encoding();
        if (instruction.set() == InstructionSet.A32) {
            return bits >>> 28 == 0xf ? FlowA32.unconditional(bits) : FlowA32.conditional(bits);
        }
        return instruction.size() == 2 ? FlowT32.narrow(bits) : FlowT32.wide(bits);
    }

    static Flow of(Kind kind, int condition, int operand) {
        return new Flow(kind, condition, operand, 0, false, false);
    }

    static Flow branch(int condition, int offset) {
        return of(Kind.BRANCH, condition, offset);
    }

    static Flow register(int condition, int n) {
        return new Flow(Kind.REGISTER, condition, n, LR, false, false);
    }

    /** A branch to an address that only the instruction knows. */
    static Flow anywhere(int condition, int written, boolean exceptionReturn, boolean accesses) {
        return new Flow(Kind.ANYWHERE, condition, 0, written & ALL_REGISTERS, exceptionReturn, accesses);
    }

    public boolean isCall() {
        return kind == Kind.SUPERVISOR_CALL || kind == Kind.HYPERVISOR_CALL || kind == Kind.MONITOR_CALL;
    }
}
