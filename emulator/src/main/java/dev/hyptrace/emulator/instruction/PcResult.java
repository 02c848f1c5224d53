package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.exception.ExceptionReturn;

/** Data-processing instructions of which the destination is the PC. */
final class PcResult {
    private PcResult() {}

    /** What an instruction computes; it leaves the flags alone. */
    @FunctionalInterface
    interface Result {
        int of(Cpu cpu);
    }

    /**
     * Writes the result to the PC: a branch, or an exception return if the instruction sets flags (SUBS PC, LR and related
     * instructions).
     */
    static Branch write(boolean setflags, Result result) {
        return setflags
                ? Branch.of(cpu -> ExceptionReturn.fromSpsr(cpu, result.of(cpu)))
                : Branch.of(cpu -> cpu.aluWritePc(result.of(cpu)));
    }
}
