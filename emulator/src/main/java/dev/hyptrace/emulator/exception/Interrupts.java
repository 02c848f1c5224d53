package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;

/**
 * Which pending interrupt is taken, if any, and where to: DDI 0406C B1.8.12 "Asynchronous exception routing controls" and
 * B1.9 "Exception descriptions".
 *
 * <p>The order among several, IMPLEMENTATION DEFINED, is QEMU's: FIQ, IRQ, virtual IRQ, virtual FIQ, virtual abort.
 */
final class Interrupts {
    /** DFSR of an asynchronous external abort: FS = 0b10110, or STATUS = 0b010001 with DFSR.LPAE. */
    private static final int ASYNCHRONOUS_SHORT = 0x406;

    private static final int ASYNCHRONOUS_LONG = 0x211;
    private static final int TTBCR_EAE = 1 << 31;

    private Interrupts() {}

    static boolean take(Cpu cpu) {
        int pending = cpu.attention;
        if ((pending & Cpu.FIQ_LINE) != 0 && isFiqUnmasked(cpu)) {
            takeFiq(cpu);
            return true;
        }
        if ((pending & Cpu.IRQ_LINE) != 0 && isIrqUnmasked(cpu)) {
            takeIrq(cpu);
            return true;
        }
        boolean virtual = (pending & (Cpu.VIRQ_LINE | Cpu.VFIQ_LINE | Cpu.HCR_VIRTUAL)) != 0;
        return virtual && cpu.mode() != Mode.HYP && takeVirtual(cpu, pending, Hcr.effective(cpu));
    }

    // ---- physical interrupts ----------------------------------------------------------------------------------------

    /** CPSR.F masks a physical FIQ, except where one routed to Hyp mode or the Monitor comes from a lower level. */
    private static boolean isFiqUnmasked(Cpu cpu) {
        if ((cpu.masks & Psr.F) == 0) {
            return true;
        }
        boolean routedToHyp = (Hcr.effective(cpu) & Hcr.FMO) != 0;
        int scr = Scr.of(cpu);
        boolean monitor = (scr & Scr.FIQ) != 0;
        boolean notMaskable = routedToHyp || monitor && (scr & Scr.FW) == 0;
        return notMaskable && !cpu.isSecure() && (monitor || cpu.mode() != Mode.HYP);
    }

    /** CPSR.I masks a physical IRQ, except where one routed to Hyp mode comes from a lower level. */
    private static boolean isIrqUnmasked(Cpu cpu) {
        if ((cpu.masks & Psr.I) == 0) {
            return true;
        }
        boolean routedToHyp = (Hcr.effective(cpu) & Hcr.IMO) != 0;
        boolean monitor = (Scr.of(cpu) & Scr.IRQ) != 0;
        return routedToHyp && (monitor || cpu.mode() != Mode.HYP);
    }

    private static void takeFiq(Cpu cpu) {
        cpu.listener().exceptionTaken(cpu, ExceptionType.FIQ, cpu.pc);
        int masks = Psr.A | Psr.I | Psr.F;
        if ((Scr.of(cpu) & Scr.FIQ) != 0) {
            ExceptionEntry.enterMonitor(cpu, cpu.pc + 4, ExceptionEntry.FIQ);
        } else if (cpu.mode() == Mode.HYP || (Hcr.effective(cpu) & Hcr.FMO) != 0) {
            ExceptionEntry.enterHyp(cpu, cpu.pc, ExceptionEntry.FIQ);
        } else {
            ExceptionEntry.enterMode(cpu, Mode.FIQ, masks, cpu.pc + 4, ExceptionEntry.FIQ);
        }
        cpu.listener().exceptionEntered(cpu, ExceptionType.FIQ);
    }

    private static void takeIrq(Cpu cpu) {
        cpu.listener().exceptionTaken(cpu, ExceptionType.IRQ, cpu.pc);
        if ((Scr.of(cpu) & Scr.IRQ) != 0) {
            ExceptionEntry.enterMonitor(cpu, cpu.pc + 4, ExceptionEntry.IRQ);
        } else if (cpu.mode() == Mode.HYP || (Hcr.effective(cpu) & Hcr.IMO) != 0) {
            ExceptionEntry.enterHyp(cpu, cpu.pc, ExceptionEntry.IRQ);
        } else {
            ExceptionEntry.enterMode(cpu, Mode.IRQ, Psr.A | Psr.I, cpu.pc + 4, ExceptionEntry.IRQ);
        }
        cpu.listener().exceptionEntered(cpu, ExceptionType.IRQ);
    }

    // ---- virtual ones -----------------------------------------------------------------------------------------------

    /** Virtual interrupts exist for Non-secure PL1 and PL0, while the physical ones are routed to Hyp mode. */
    private static boolean takeVirtual(Cpu cpu, int pending, int hcr) {
        if ((hcr & Hcr.TGE) != 0) {
            return false;
        }
        boolean irq = (pending & Cpu.VIRQ_LINE) != 0 || (hcr & Hcr.VI) != 0;
        if (irq && (hcr & Hcr.IMO) != 0 && (cpu.masks & Psr.I) == 0) {
            takeVirtual(cpu, ExceptionType.VIRTUAL_IRQ, Mode.IRQ, Psr.A | Psr.I, ExceptionEntry.IRQ);
            return true;
        }
        boolean fiq = (pending & Cpu.VFIQ_LINE) != 0 || (hcr & Hcr.VF) != 0;
        if (fiq && (hcr & Hcr.FMO) != 0 && (cpu.masks & Psr.F) == 0) {
            takeVirtual(cpu, ExceptionType.VIRTUAL_FIQ, Mode.FIQ, Psr.A | Psr.I | Psr.F, ExceptionEntry.FIQ);
            return true;
        }
        if ((hcr & Hcr.VA) != 0 && (hcr & Hcr.AMO) != 0 && (cpu.masks & Psr.A) == 0) {
            takeVirtualAbort(cpu);
            return true;
        }
        return false;
    }

    private static void takeVirtual(Cpu cpu, ExceptionType type, int mode, int masks, int offset) {
        cpu.listener().exceptionTaken(cpu, type, cpu.pc);
        ExceptionEntry.enterMode(cpu, mode, masks, cpu.pc + 4, offset);
        cpu.listener().exceptionEntered(cpu, type);
    }

    /** TakeVirtualAbortException(): taking it clears HCR.VA. */
    private static void takeVirtualAbort(Cpu cpu) {
        cpu.listener().exceptionTaken(cpu, ExceptionType.VIRTUAL_ABORT, cpu.pc);
        int hcr = cpu.system.word(SystemRegister.HCR) & ~Hcr.VA;
        cpu.system.set(SystemRegister.HCR, hcr);
        if ((hcr & (Hcr.VI | Hcr.VF)) == 0) {
            cpu.attention &= ~Cpu.HCR_VIRTUAL;
        }
        boolean longFormat = (cpu.system.word(SystemRegister.TTBCR) & TTBCR_EAE) != 0;
        cpu.system.set(SystemRegister.DFSR, longFormat ? ASYNCHRONOUS_LONG : ASYNCHRONOUS_SHORT);
        ExceptionEntry.enterMode(cpu, Mode.ABT, Psr.A | Psr.I, cpu.pc + 8, ExceptionEntry.DATA_ABORT);
        cpu.listener().exceptionEntered(cpu, ExceptionType.VIRTUAL_ABORT);
    }
}
