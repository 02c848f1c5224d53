package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;

/** Returning from an exception. */
public final class ExceptionReturn {
    private ExceptionReturn() {}

    /**
     * The return of SUBS PC, LR and its kin: CPSR from the current mode's SPSR. UNDEFINED in Hyp mode and, where it is
     * UNPREDICTABLE, in User mode.
     *
     * @param address the address to return to; low bits that the instruction set returned to has not are ignored
     */
    public static void fromSpsr(Cpu cpu, int address) {
        if (cpu.mode() == Mode.USR || cpu.mode() == Mode.HYP) {
            throw ProcessorException.undefined();
        }
        cpu.setCpsr(cpu.banks.spsr(cpu.mode()));
        cpu.branchWritePc(address);
    }
}
