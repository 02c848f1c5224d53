package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;

/** An instruction in one number: its encoding in bits [31:0], its size in bytes in [35:32], its set in [47:40]. */
final class InstructionCode {
    /** In place of an instruction that the source does not have. */
    static final long NONE = -1;

    private static final int SIZE_SHIFT = 32;
    private static final int SET_SHIFT = 40;

    private InstructionCode() {}

    static long pack(int encoding, int size, int set) {
        return Integer.toUnsignedLong(encoding) | (long) size << SIZE_SHIFT | (long) set << SET_SHIFT;
    }

    static long pack(Optional<Instruction> instruction) {
        if (instruction.isEmpty()) {
            return NONE;
        }
        Instruction i = instruction.get();
        return pack(i.encoding(), i.size(), i.set().ordinal());
    }

    static int encoding(long packed) {
        return (int) packed;
    }

    /** In bytes; 4 when there is no instruction. */
    static int size(long packed) {
        return packed == NONE ? 4 : (int) (packed >>> SIZE_SHIFT) & 0xf;
    }

    /** The place of the instruction set in its dictionary. */
    static int set(long packed) {
        return (int) (packed >>> SET_SHIFT) & 0xff;
    }

    /** An instruction that this version has packed. */
    static Instruction instruction(long packed) {
        return new Instruction(encoding(packed), InstructionSet.values()[set(packed)], size(packed));
    }

    static Optional<Instruction> unpack(long packed, Names names) throws CorruptChunkException {
        if (packed == NONE) {
            return Optional.empty();
        }
        InstructionSet set = names.instructionSet(set(packed));
        try {
            return Optional.of(new Instruction(encoding(packed), set, size(packed)));
        } catch (IllegalArgumentException e) {
            throw new CorruptChunkException(e.getMessage());
        }
    }
}
