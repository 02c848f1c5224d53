package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.HashSet;
import java.util.Set;

/** Stands for knowing what instructions do: bits of an encoding are the registers, and one is banked by itself. */
enum BitsUse implements InstructionUse {
    BITS;

    @Override
    public Set<Register> reads(Instruction instruction, Mode mode) {
        int bits = instruction.encoding();
        return registers(bits & bits >>> 3 & bits >>> 7 & 0x7fff, mode);
    }

    @Override
    public Set<Register> writes(Instruction instruction, Mode mode) {
        int bits = instruction.encoding();
        return registers(bits >>> 12 & bits >>> 9 & bits & 0x7fff, mode);
    }

    private static Set<Register> registers(int bits, Mode mode) {
        Set<Register> found = new HashSet<>();
        for (int n = 0; n < 15; n++) {
            if ((bits >>> n & 1) != 0) {
                found.add(n == 12 ? Register.HVBAR : mode.coreRegister(n));
            }
        }
        return found;
    }
}
