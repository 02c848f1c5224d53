package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;

/** Divide instructions. Division by zero gives zero: ARMv7-A has no trap for it. */
final class Divide {
    private Divide() {}

    /** SDIV: rounds towards zero; the smallest number divided by -1 is itself. */
    static Operation sdiv(int d, int n, int m) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[m] == 0 ? 0 : cpu.r[n] / cpu.r[m]);
    }

    /** UDIV. */
    static Operation udiv(int d, int n, int m) {
        return Operation.of(cpu -> cpu.r[d] = cpu.r[m] == 0 ? 0 : Integer.divideUnsigned(cpu.r[n], cpu.r[m]));
    }
}
