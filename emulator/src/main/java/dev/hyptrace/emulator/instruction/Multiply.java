package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;

/** Multiply instructions. */
final class Multiply {
    private Multiply() {}

    static Operation mul(boolean S, int d, int n, int m) {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                cpu.r[d] = cpu.r[n] * cpu.r[m];
            }
        };
    }
}
