package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which registers an instruction reads and writes. A trace holds encodings and does not know by itself what they mean.
 *
 * <p>PC is left out: every instruction writes it.
 */
public interface InstructionUse {
    /** Knows nothing: says of every instruction that it reads and writes no register. */
    InstructionUse UNKNOWN = new InstructionUse() {
        @Override
        public Set<Register> reads(Instruction instruction, Mode mode) {
            return Set.of();
        }

        @Override
        public Set<Register> writes(Instruction instruction, Mode mode) {
            return Set.of();
        }
    };

    /** What it may read when it is executed in this mode. */
    Set<Register> reads(Instruction instruction, Mode mode);

    /** What it writes when it is executed in this mode and completes. */
    Set<Register> writes(Instruction instruction, Mode mode);

    /** What it may read in some mode. */
    default Set<Register> reads(Instruction instruction) {
        Set<Register> all = EnumSet.noneOf(Register.class);
        for (Mode mode : Mode.values()) {
            all.addAll(reads(instruction, mode));
        }
        return all;
    }

    /** What it writes in some mode. */
    default Set<Register> writes(Instruction instruction) {
        Set<Register> all = EnumSet.noneOf(Register.class);
        for (Mode mode : Mode.values()) {
            all.addAll(writes(instruction, mode));
        }
        return all;
    }
}
