package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.instruction.Operands;

/**
 * The instruction that a line of the table is applied to.
 *
 * @param operands its operands
 * @param mode the mode in which it is executed
 */
record UseSite(Operands operands, int mode) {
    /** The value of an operand; {@code hyp} is 1 in Hyp mode. */
    int value(String name) {
        if (name.equals("hyp")) {
            return mode == Mode.HYP ? 1 : 0;
        }
        return operands.value(name);
    }

    boolean is(String name) {
        return value(name) != 0;
    }
}
