package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import java.util.Arrays;

/** A run of predecoded instructions that is entered at its first one only. */
final class Block {
    static final Branch CHANGED = Branch.of(cpu -> {
        throw ProcessorException.BLOCK_CHANGED;
    });

    /** One per instruction. Not final in content: {@link #invalidate} replaces them while the block may be running. */
    final Operation[] operations;
    /** The address of the instruction after the last one. */
    final int end;

    /** Where it is kept; null when it is not, or no more. */
    CodePage page;
    /** What follows when the last instruction does not branch, and when it does: in the same page, once known. */
    Block fallThrough;

    Block taken;

    /** Whether the address and the instruction set of the next block follow from this one. */
    private final boolean direct;
    /** The address of each instruction. */
    private final int[] addresses;
    /** Each instruction as {@link InstructionListener} is told of it. */
    private final int[] words;
    /** The IT state before each instruction; null when 0 for all. */
    private final byte[] itStates;

    Block(Operation[] operations, int[] addresses, int[] words, byte[] itStates, int end, boolean direct) {
        this.operations = operations;
        this.addresses = addresses;
        this.words = words;
        this.itStates = itStates;
        this.end = end;
        this.direct = direct;
    }

    /** Remembers what follows, so that it need not be looked up again. */
    void link(Block next) {
        if (direct && page != null && next.page == page) {
            if (next.addresses[0] == end) {
                fallThrough = next;
            } else {
                taken = next;
            }
        }
    }

    int address(int index) {
        return addresses[index];
    }

    int word(int index) {
        return words[index];
    }

    int size(int index) {
        return (index + 1 < addresses.length ? addresses[index + 1] : end) - addresses[index];
    }

    int itState(int index) {
        return itStates == null ? 0 : itStates[index] & 0xff;
    }

    /** Makes the block stop before its next instruction, because memory no longer holds what was decoded. */
    void invalidate() {
        page = null;
        fallThrough = null;
        taken = null;
        Arrays.fill(operations, CHANGED);
    }
}
