package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;

/** The branch that changes the instruction set and says where it goes. */
public final class Exchange {
    private Exchange() {}

    /** Whether this is BLX (immediate), A32 encoding A2 or T32 encoding T2. */
    public static boolean isImmediate(Instruction code) {
        return code.set() == InstructionSet.A32
                ? code.encoding() >>> 25 == 0x7d
                : code.size() == 4 && (code.encoding() & 0xf800_d000) == 0xf000_c000;
    }
}
