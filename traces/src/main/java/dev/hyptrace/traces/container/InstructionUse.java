package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Instruction;

/** Which core registers an instruction reads and writes. A trace holds encodings and does not know by itself what they mean. */
public interface InstructionUse {
    /** Says of every instruction that it may read and write everything. */
    InstructionUse UNKNOWN = new InstructionUse() {
        @Override
        public int reads(Instruction instruction) {
            return 0xffff;
        }

        @Override
        public int writes(Instruction instruction) {
            return 0xffff;
        }
    };

    /** Bit n, 0 to 15: Rn of the mode it is executed in may be read. */
    int reads(Instruction instruction);

    /** Bit n, 0 to 15: Rn of the mode it is executed in is written when the instruction completes. */
    int writes(Instruction instruction);
}
