package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.State;
import java.util.List;

/**
 * The steps of one processor as a chain: each follows from the one before, or a {@link Event.Gap} says that it does not.
 *
 * <p>Of a translation block of several instructions the log has the registers before the first. The others, its rest, become
 * steps without registers, as soon as a later line tells how far the block ran.
 */
final class Chain {
    private final int cpu;
    private final Output out;
    private final LastInstruction last = new LastInstruction();
    private boolean linked;
    private int blockStart;
    private Block rest;
    private int restIndex;

    Chain(int cpu, Output out) {
        this.cpu = cpu;
        this.out = out;
    }

    /** Whether there is a last step that the next event must follow from: there is none at the start and after a gap. */
    boolean isLinked() {
        return linked;
    }

    /** The last instruction started. Of meaning while the chain {@linkplain #isLinked is linked}. */
    LastInstruction last() {
        return last;
    }

    /** A step with the registers before it; returns a block of registers to use again. */
    RegisterBlock step(int address, Block block, RegisterBlock before, State state) {
        Code code = block.code(0);
        add(address, code, state, Count.STEPS);
        if (state.size() <= 1) {
            out.count(Count.STEPS_WITHOUT_REGISTERS);
        }
        last.start(address, code);
        linked = true;
        blockStart = address;
        rest = block.size() > 1 ? block : null;
        restIndex = 1;
        return last.exchange(before);
    }

    /** The block ran to its end. */
    void finishBlock() {
        if (rest != null) {
            runRest(rest.size());
        }
    }

    /**
     * An exception came: the block ran up to it.
     *
     * @param atVector the registers at the vector; empty when they are not known
     * @return false when the log does not tell which instruction of the block it came at
     */
    boolean finishBlock(TakenException exception, RegisterBlock atVector) {
        if (rest == null) {
            return true;
        }
        int count = exception.isAtEndOfBlock() ? rest.size() : 1 + interrupted(exception, atVector);
        runRest(count);
        return count > 0;
    }

    /** The place in the block of the instruction that the exception is about, or -1. */
    private int interrupted(TakenException exception, RegisterBlock atVector) {
        if (!exception.isToHyp() && atVector.hasCore(14)) {
            return rest.indexOf(
                    atVector.core(14) - exception.linkOffset(rest.code(0).isT32()));
        }
        int found = -1;
        for (int i = 0; i < rest.size(); i++) {
            if (exception.canComeFrom(rest.code(i))) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private void runRest(int end) {
        for (; restIndex < end; restIndex++) {
            int address = last.next();
            Code code = rest.code(restIndex);
            add(address, code, State.unknown(), Count.INNER_STEPS);
            out.count(Count.STEPS);
            out.count(Count.STEPS_WITHOUT_REGISTERS);
            last.start(address, code);
            last.before().clear();
        }
        rest = null;
    }

    private void add(int address, Code code, State state, Count count) {
        out.add(new Event.Step(cpu, address, code.instruction(), state, List.of()), count);
        if (!code.isKnown()) {
            out.count(Count.STEPS_WITHOUT_ENCODING);
        }
    }

    /** Whether the last block covers this address. */
    boolean lastBlockHolds(int address) {
        return Integer.compareUnsigned(address, blockStart) >= 0
                && Integer.compareUnsigned(address, last.address()) <= 0;
    }

    /** Breaks the chain because instructions before the address are missing. */
    void breakBefore(int address) {
        breakOff(Hex.word(address) + " does not follow from " + Hex.word(last.address()));
    }

    /** Breaks the chain: what comes next does not follow from the last step. */
    void breakOff(String reason) {
        out.add(new Event.Gap(cpu, reason), Count.GAPS);
        linked = false;
        rest = null;
    }

    /** Something that needs no step before it happened, such as a reset: nothing follows from the last step. */
    void unlink() {
        linked = false;
        rest = null;
    }
}
