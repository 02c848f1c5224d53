package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Multiply instructions. */
final class Multiply {
    private Multiply() {}

    /** MUL. C and V stay as they are: DDI 0406C, unlike ARMv4, leaves C alone. */
    static Operation mul(boolean setflags, int d, int n, int m) {
        if (setflags) {
            return Operation.of(cpu -> cpu.r[d] = Flags.logical(cpu, cpu.r[n] * cpu.r[m]));
        }
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] * cpu.r[m];
            }
        };
    }
}
