package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.exception.ExceptionCalls;
import dev.hyptrace.emulator.exception.ExceptionReturn;

/** Exception-generating and exception-handling instructions of the system level: HVC, SMC, ERET, RFE, SRS. */
final class ExceptionHandling {
    private ExceptionHandling() {}

    /** HVC. */
    static Operation hvc(int imm16, int address, int itState) {
        return Branch.of(cpu -> ExceptionCalls.hypervisorCall(cpu, address, itState, imm16));
    }

    /** SMC (previously SMI). Its immediate {@code i} means nothing to the processor. */
    static Operation smc(int i, int address, int itState) {
        return Branch.of(cpu -> ExceptionCalls.secureMonitorCall(cpu, address, itState));
    }

    /** ERET. */
    static Operation eret() {
        return Branch.of(ExceptionReturn::eret);
    }

    /** RFE: loads PC and CPSR. */
    static Operation rfe(boolean P, boolean U, boolean W, int n) {
        int start = start(P, U);
        int change = U ? 8 : -8;
        return Branch.of(cpu -> {
            ExceptionReturn.checkPrivilegedLoad(cpu);
            int base = cpu.r[n];
            int target = cpu.load32Aligned(base + start);
            int psr = cpu.load32Aligned(base + start + 4);
            if (W) {
                cpu.r[n] = base + change;
            }
            ExceptionReturn.to(cpu, target, psr);
        });
    }

    /** SRS: stores LR and SPSR on the stack of a mode. */
    static Operation srs(boolean P, boolean U, boolean W, int mode) {
        int start = start(P, U);
        int change = U ? 8 : -8;
        return Branch.of(cpu -> {
            checkStore(cpu, mode);
            int base = cpu.register(13, mode);
            cpu.store32Aligned(base + start, cpu.r[14]);
            cpu.store32Aligned(base + start + 4, cpu.banks.spsr(cpu.mode()));
            if (W) {
                cpu.setRegister(13, mode, base + change);
            }
        });
    }

    /**
     * UNDEFINED in Hyp mode; the UNPREDICTABLE cases are UNDEFINED as in QEMU, but for Hyp mode's SP in the Secure state, where
     * Monitor mode and all of PL1 reach it.
     */
    private static void checkStore(Cpu cpu, int mode) {
        if (cpu.mode() == Mode.HYP) {
            throw ProcessorException.undefined();
        }
        boolean reachable = mode == Mode.MON || mode == Mode.HYP ? cpu.isSecure() : Mode.isValid(mode);
        if (cpu.mode() == Mode.USR || cpu.mode() == Mode.SYS || !reachable) {
            cpu.listener().unpredictable(cpu, "SRS in User or System mode or to a mode out of reach: UNDEFINED");
            throw ProcessorException.undefined();
        }
    }

    /** The offset of the first of two words. */
    private static int start(boolean before, boolean up) {
        int lowest = up ? 0 : -8;
        return before == up ? lowest + 4 : lowest;
    }
}
