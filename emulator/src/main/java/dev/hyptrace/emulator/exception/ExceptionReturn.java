package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Scr;

/**
 * Exception return: DDI 0406C B1.8.10 "Exception return".
 *
 * <p>Called from a {@link dev.hyptrace.emulator.core.Branch}. A mode in the restored PSR that may not be entered from here
 * is UNPREDICTABLE; as in QEMU the processor then stays in its mode and takes all other fields.
 */
public final class ExceptionReturn {
    /** CPSR.IT[3:0]. */
    private static final int IT_MASK = 0xf;

    private ExceptionReturn() {}

    /**
     * The return of SUBS PC, LR and its kin: CPSR from the current mode's SPSR. UNDEFINED in
     * Hyp mode; in User mode, where it is UNPREDICTABLE, UNDEFINED too. In System mode, UNPREDICTABLE, what serves as SPSR is
     * a register that nothing else uses.
     *
     * @param address the address to return to; low bits that the instruction set returned to has not are ignored
     */
    public static void fromSpsr(Cpu cpu, int address) {
        if (cpu.mode() == Mode.USR || cpu.mode() == Mode.HYP) {
            throw ProcessorException.undefined();
        }
        to(cpu, address, spsr(cpu));
    }

    /** The return of LDM (exception return), after the loads: CPSR from the current mode's SPSR. */
    public static void afterLoad(Cpu cpu, int address) {
        to(cpu, address, spsr(cpu));
    }

    /**
     * Throws UNDEFINED in the modes where LDM (exception return), RFE, and LDM and STM (User registers) are not possible:
     * in Hyp mode, where QEMU executes them, and in User mode, where they are UNPREDICTABLE. For use before the loads.
     */
    public static void checkPrivilegedLoad(Cpu cpu) {
        boolean undefinedInHyp = !cpu.follows(QemuDeviation.LOADS_IN_HYP);
        if (cpu.mode() == Mode.USR || cpu.mode() == Mode.HYP && undefinedInHyp) {
            throw ProcessorException.undefined();
        }
    }

    /** ERET: in Hyp mode to ELR_hyp, in others to LR. UNDEFINED in User mode. */
    public static void eret(Cpu cpu) {
        if (cpu.mode() == Mode.USR) {
            throw ProcessorException.undefined();
        }
        to(cpu, cpu.mode() == Mode.HYP ? cpu.banks.elrHyp() : cpu.r[14], spsr(cpu));
    }

    private static int spsr(Cpu cpu) {
        if (cpu.mode() == Mode.SYS) {
            cpu.listener().unpredictable(cpu, "an exception return in System mode takes CPSR from an unused SPSR");
        }
        return cpu.banks.spsr(cpu.mode());
    }

    /**
     * Returns to an address with this PSR: CPSRWriteByInstr() for an exception return, and the branch. From within an IT block
     * that has more instructions, UNPREDICTABLE, the block goes on where it returns to, as in QEMU.
     *
     * @param address the address to return to; low bits that the instruction set returned to has not are ignored
     * @param psr the value for CPSR
     */
    public static void to(Cpu cpu, int address, int psr) {
        int fromMode = cpu.mode();
        int toMode = psr & Psr.M;
        if (!mayEnter(cpu, toMode)) {
            cpu.listener().unpredictable(cpu, "an exception return to a mode that cannot be entered leaves the mode");
            toMode = fromMode;
        }
        int block = cpu.thumb && (cpu.itState & IT_MASK) != 0 ? cpu.itState : 0;
        cpu.setCpsr(psr & ~Psr.M | toMode);
        if (block != 0) {
            cpu.listener().unpredictable(cpu, "an exception return within an IT block takes the block along");
            cpu.itState = block;
        }
        cpu.branchWritePc(address);
        cpu.listener().exceptionReturned(cpu, fromMode);
    }

    private static boolean mayEnter(Cpu cpu, int mode) {
        return switch (mode) {
            case Mode.HYP -> cpu.mode() == Mode.HYP || cpu.mode() == Mode.MON && (Scr.of(cpu) & Scr.NS) != 0;
            case Mode.MON -> cpu.isSecure() && cpu.mode() != Mode.USR;
            default -> Mode.isValid(mode);
        };
    }
}
