package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.recorder.tracking.Chain;
import dev.hyptrace.recorder.tracking.Code;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.List;

/** The instruction set of a line whose CPSR is not known. */
final class SetEvidence {
    private static final List<String> CONDITIONS =
            List.of("eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le");

    /** Bits [15:11] of the first halfword of a 32-bit Thumb instruction: this or more, DDI 0406C A6.1. */
    private static final int FIRST_OF_WIDE = 0x1d;

    private SetEvidence() {}

    /** What the line says by itself; null when it could be either. */
    static InstructionSet of(ExeclogLine line) {
        String mnemonic = mnemonic(line.disassembly());
        if ((line.address() & 3) != 0 || mnemonic.endsWith(".w")) {
            return InstructionSet.T32;
        }
        int condition = line.word() >>> 28;
        boolean conditional = !mnemonic.isEmpty() && condition < CONDITIONS.size();
        return conditional && !mnemonic.contains(CONDITIONS.get(condition)) ? InstructionSet.T32 : null;
    }

    /** What the address of the line after it says: the set whose instruction leads there, null when both or none do. */
    static InstructionSet following(Code.Cache codes, ExeclogLine line, int nextAddress) {
        boolean a32 = leads(code(codes, line.word(), InstructionSet.A32), line.address(), nextAddress);
        boolean t32 = leads(code(codes, line.word(), InstructionSet.T32), line.address(), nextAddress);
        return a32 == t32 ? null : a32 ? InstructionSet.A32 : InstructionSet.T32;
    }

    private static boolean leads(Code code, int address, int nextAddress) {
        Chain chain = new Chain();
        chain.start(address, code, true);
        return chain.leadsTo(nextAddress);
    }

    /**
     * What the line before it says; null when that can have changed the instruction set.
     *
     * @param last a line whose instruction set is known
     */
    static InstructionSet after(Code last, int lastAddress, int address) {
        boolean stays = address == lastAddress + last.size()
                || last.flow().kind() == Flow.Kind.BRANCH
                        && !isBlx(last.instruction().orElseThrow());
        return stays ? last.set() : null;
    }

    /** BLX (immediate), encodings T2 and A2: DDI 0406C A8.8. */
    private static boolean isBlx(Instruction branch) {
        return branch.set() == InstructionSet.A32
                ? branch.encoding() >>> 28 == 0xf
                : branch.size() == 4 && (branch.encoding() & 0xd000) == 0xc000;
    }

    private static String mnemonic(String disassembly) {
        int space = disassembly.indexOf(' ');
        return space < 0 ? disassembly : disassembly.substring(0, space);
    }

    /** The code that the word of a line is in an instruction set. */
    static Code code(Code.Cache codes, int word, InstructionSet set) {
        if (set == InstructionSet.A32) {
            return codes.get(word, set, 4);
        }
        int first = word & 0xffff;
        return first >>> 11 < FIRST_OF_WIDE ? codes.get(first, set, 2) : codes.get(first << 16 | word >>> 16, set, 4);
    }
}
