package dev.hyptrace.recorder.ds5;

import dev.hyptrace.recorder.coresight.CodeImages;
import dev.hyptrace.recorder.coresight.Exchange;
import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells of which instruction set eight digits are. A table does not say: {@code EB020385} is BL in A32 and ADD
 * (register) in T32.
 *
 * <p>A run of instructions is of one set as long as none of them can change it. The first that can be of one set only
 * tells it for all of the run: four digits are Thumb, a first halfword below 0xe800 is none of a 32-bit Thumb
 * instruction, A32 is aligned, the table disassembles it; and the next address must be one that the encoding leads to.
 * What is still open at the end of its run keeps no encoding.
 */
final class SetRun {
    /** Four fifths of A32 are no Thumb: a run that stays open for so long is none. */
    private static final int MAX_WAITING = 4096;

    private static final int WORD = 4;

    private final List<Waiting> waiting = new ArrayList<>();
    private final Taker taker;
    private boolean a32 = true;
    private boolean t32 = true;
    private Code previous;

    /** Takes what is settled, in order. */
    interface Taker {
        /** An instruction, with its encoding if the set is known. */
        void instruction(Code code, Optional<Instruction> instruction);

        /** Nothing that the last instruction can be leads to this address. */
        void broken(Code last, int next);
    }

    /**
     * An instruction as the table has it.
     *
     * @param mnemonic what the table disassembles it to, in upper case; empty when it does not
     */
    record Code(int address, int bits, int size, boolean failed, String mnemonic) {
        boolean canBeA32() {
            return size == WORD && address % WORD == 0 && Disassembly.allowsA32(bits, mnemonic);
        }

        boolean canBeT32() {
            return size != WORD || CodeImages.isWide(bits >>> 16) && Disassembly.allowsT32(bits, mnemonic);
        }

        private Instruction as(InstructionSet set) {
            return new Instruction(bits, set, size);
        }

        private int behind() {
            return address + size;
        }
    }

    /** Something in the order of the table: an instruction, or what is to be done behind those before it. */
    private record Waiting(Code code, Runnable action) {}

    /** How an instruction leads to the next one, if it is of one set. */
    private enum Link {
        SAME_SET,
        OTHER_SET,
        ANY_SET,
        IMPOSSIBLE
    }

    SetRun(Taker taker) {
        this.taker = taker;
    }

    void add(Code code) {
        if (previous != null) {
            link(code.address());
        }
        boolean asA32 = code.canBeA32();
        boolean asT32 = code.canBeT32();
        if (!(a32 && asA32) && !(t32 && asT32)) {
            end();
        }
        a32 &= asA32;
        t32 &= asT32;
        waiting.add(new Waiting(code, null));
        previous = code;
        if (a32 != t32) {
            flush(a32 ? InstructionSet.A32 : InstructionSet.T32);
        } else if (waiting.size() >= MAX_WAITING || !a32) {
            flush(null);
        }
        if (!a32 && !t32) {
            end();
        }
    }

    /** Does something behind the instructions so far. */
    void then(Runnable action) {
        if (waiting.isEmpty()) {
            action.run();
        } else {
            waiting.add(new Waiting(null, action));
        }
    }

    /** Nothing links the next instruction to those so far. */
    void end() {
        flush(a32 == t32 ? null : a32 ? InstructionSet.A32 : InstructionSet.T32);
        previous = null;
        a32 = true;
        t32 = true;
    }

    private void link(int next) {
        Link ofA32 = a32 ? link(InstructionSet.A32, next) : Link.IMPOSSIBLE;
        Link ofT32 = t32 ? link(InstructionSet.T32, next) : Link.IMPOSSIBLE;
        if (ofA32 == Link.IMPOSSIBLE && ofT32 == Link.IMPOSSIBLE) {
            Code last = previous;
            end();
            taker.broken(last, next);
            return;
        }
        if (ofA32 == Link.IMPOSSIBLE || ofT32 == Link.IMPOSSIBLE) {
            flush(ofT32 == Link.IMPOSSIBLE ? InstructionSet.A32 : InstructionSet.T32);
        } else if (ofA32 != Link.SAME_SET || ofT32 != Link.SAME_SET) {
            flush(null);
        }
        a32 = ofA32 == Link.SAME_SET || ofA32 == Link.ANY_SET || ofT32 == Link.OTHER_SET || ofT32 == Link.ANY_SET;
        t32 = ofT32 == Link.SAME_SET || ofT32 == Link.ANY_SET || ofA32 == Link.OTHER_SET || ofA32 == Link.ANY_SET;
    }

    private Link link(InstructionSet set, int next) {
        Instruction instruction = previous.as(set);
        Flow flow = Flow.of(instruction);
        boolean behind = next == previous.behind();
        if (previous.failed()) {
            return behind ? Link.SAME_SET : Link.IMPOSSIBLE;
        }
        return switch (flow.kind()) {
            case NEXT -> behind ? Link.SAME_SET : Link.IMPOSSIBLE;
            case BRANCH -> branch(set, Exchange.isImmediate(instruction), previous.address() + flow.operand(), next);
            case COMPARE_BRANCH ->
                behind || next == previous.address() + (flow.operand() >> 4) ? Link.SAME_SET : Link.IMPOSSIBLE;
            case REGISTER, ANYWHERE -> Link.ANY_SET;
            default -> behind ? Link.SAME_SET : Link.ANY_SET;
        };
    }

    private Link branch(InstructionSet set, boolean exchanges, int target, int next) {
        if (exchanges && next == (set == InstructionSet.T32 ? target & -WORD : target)) {
            return Link.OTHER_SET;
        }
        return next == previous.behind() || !exchanges && next == target ? Link.SAME_SET : Link.IMPOSSIBLE;
    }

    private void flush(InstructionSet set) {
        for (Waiting each : waiting) {
            if (each.code() == null) {
                each.action().run();
            } else {
                boolean fits =
                        set != null && (set == InstructionSet.T32 || each.code().size() == WORD);
                taker.instruction(each.code(), fits ? Optional.of(each.code().as(set)) : Optional.empty());
            }
        }
        waiting.clear();
    }
}
