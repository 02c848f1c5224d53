package dev.hyptrace.recorder.tracking;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;

/** An instruction, with what its encoding says about the one that follows it. */
public final class Code {
    private static final int CACHED = 1 << 14;
    private static final int MIX = 0x9e37_79b9;

    private final Optional<Instruction> instruction;
    private final int encoding;
    private final Flow flow;
    private final InstructionSet set;
    private final int size;

    private Code(InstructionSet set, int size) {
        this.instruction = Optional.empty();
        this.encoding = 0;
        this.flow = Flow.ANYWHERE;
        this.set = set;
        this.size = size;
    }

    private Code(Instruction known) {
        this.instruction = Optional.of(known);
        this.encoding = known.encoding();
        boolean understood = known.set() == InstructionSet.A32 || known.set() == InstructionSet.T32;
        this.flow = understood ? Flow.of(known) : Flow.ANYWHERE;
        this.set = known.set();
        this.size = known.size();
    }

    /** An instruction whose encoding is not known. */
    public static Code unknown(InstructionSet set) {
        return new Code(set, 4);
    }

    public Optional<Instruction> instruction() {
        return instruction;
    }

    public Flow flow() {
        return flow;
    }

    public InstructionSet set() {
        return set;
    }

    public int size() {
        return size;
    }

    /** The ITSTATE that a Thumb IT instruction sets, or 0 for any other: DDI 0406C A8.8 "IT". */
    public int itState() {
        boolean it = set == InstructionSet.T32 && size == 2 && encoding >>> 8 == 0xbf && (encoding & 0xf) != 0;
        return it ? encoding & 0xff : 0;
    }

    /** The instructions seen lately, which come again. */
    public static final class Cache {
        private final Code[] codes = new Code[CACHED];

        public Code get(int encoding, InstructionSet set, int size) {
            int slot = (encoding * MIX + set.ordinal() + size) >>> 18;
            Code code = codes[slot];
            if (code == null || !code.is(encoding, set, size)) {
                code = new Code(new Instruction(encoding, set, size));
                codes[slot] = code;
            }
            return code;
        }
    }

    private boolean is(int otherEncoding, InstructionSet otherSet, int otherSize) {
        return set == otherSet && size == otherSize && encoding == otherEncoding;
    }
}
