package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;

/** The common end of the manual's TakeXException() procedures: from the state before to the first instruction. */
final class ExceptionEntry {
    static final int RESET = 0x00;
    static final int UNDEFINED = 0x04;
    /** SVC; HVC in Hyp mode; SMC in the Monitor's table. */
    static final int CALL = 0x08;

    static final int PREFETCH_ABORT = 0x0c;
    static final int DATA_ABORT = 0x10;
    /** Whatever is taken to Hyp mode from another mode, except interrupts. */
    static final int HYP_TRAP = 0x14;

    static final int IRQ = 0x18;
    static final int FIQ = 0x1c;

    private static final int HIGH_VECTORS = 0xffff_0000;

    private ExceptionEntry() {}

    /**
     * EnterHypMode() with a syndrome.
     *
     * @param returnAddress the preferred return address, for ELR_hyp
     * @param slot the exception's offset in Hyp mode's own vector table; from another mode it becomes
     *     {@link #HYP_TRAP} unless it is an interrupt's
     */
    static void enterHyp(Cpu cpu, int returnAddress, int slot, int hsr) {
        cpu.system.set(SystemRegister.HSR, hsr);
        enterHyp(cpu, returnAddress, cpu.mode() == Mode.HYP ? slot : HYP_TRAP);
    }

    /** EnterHypMode() for an interrupt, which leaves HSR as it is. */
    static void enterHyp(Cpu cpu, int returnAddress, int offset) {
        int spsr = cpu.cpsr();
        int scr = Scr.of(cpu);
        cpu.switchMode(Mode.HYP);
        cpu.banks.setSpsr(Mode.HYP, spsr);
        cpu.banks.setElrHyp(returnAddress);
        cpu.masks |= ((scr & Scr.EA) == 0 ? Psr.A : 0)
                | ((scr & Scr.IRQ) == 0 ? Psr.I : 0)
                | ((scr & Scr.FIQ) == 0 ? Psr.F : 0);
        startHandler(cpu, cpu.system.word(SystemRegister.HSCTLR));
        cpu.pc = cpu.system.word(SystemRegister.HVBAR) + offset;
    }

    /** EnterMonitorMode(). */
    static void enterMonitor(Cpu cpu, int link, int offset) {
        enter(cpu, Mode.MON, Psr.A | Psr.I | Psr.F, link);
        cpu.pc = cpu.system.word(SystemRegister.MVBAR) + offset;
    }

    /** Enters a mode of PL1: its vectors are at VBAR, or high. */
    static void enterMode(Cpu cpu, int mode, int masks, int link, int offset) {
        enter(cpu, mode, masks, link);
        boolean secure = cpu.isSecure();
        boolean high = (cpu.system.word(SystemRegister.SCTLR, secure) & Sctlr.V) != 0;
        cpu.pc = (high ? HIGH_VECTORS : cpu.system.word(SystemRegister.VBAR, secure)) + offset;
    }

    private static void enter(Cpu cpu, int mode, int masks, int link) {
        int spsr = cpu.cpsr();
        if (cpu.mode() == Mode.MON) {
            cpu.system.set(SystemRegister.SCR, cpu.system.word(SystemRegister.SCR) & ~Scr.NS);
        }
        cpu.switchMode(mode);
        cpu.banks.setSpsr(mode, spsr);
        cpu.r[14] = link;
        cpu.masks |= masks;
        startHandler(cpu, cpu.system.word(SystemRegister.SCTLR, cpu.isSecure()));
    }

    private static void startHandler(Cpu cpu, int sctlr) {
        cpu.itState = 0;
        cpu.jazelle = false;
        cpu.thumb = (sctlr & Sctlr.TE) != 0;
        cpu.setBigEndian((sctlr & Sctlr.EE) != 0);
    }
}
