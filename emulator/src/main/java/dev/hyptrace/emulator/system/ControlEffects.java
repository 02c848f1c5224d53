package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.Map;

/** Control registers on whose value the rest of the processor depends. */
final class ControlEffects {
    private static final long TTBCR_EAE = 1L << 31;
    /** UNK/SBZP in the Long-descriptor format: bits [21:19], [15:14] and [6:3]. */
    private static final long TTBCR_LONG_RESERVED = 7 << 19 | 3 << 14 | 0xf << 3;
    /** N in the Short-descriptor format; PD0 and PD1 come with the Security Extensions. */
    private static final long TTBCR_N = 7;

    private static final long TTBCR_PD = 3 << 4;

    private static final int OS_LOCK_KEY = 0xc5ac_ce55;
    private static final long OSLSR_OSLK = 1 << 1;

    private ControlEffects() {}

    static void define(Map<String, Effects.Read> reads, Map<String, Effects.Write> writes) {
        reads.put("isr", (cpu, register) -> isr(cpu));
        writes.put("context", ControlEffects::writeContext);
        writes.put("ttbcr", (cpu, register, value) -> writeContext(cpu, register, value & ttbcrMask(cpu, value)));
        writes.put("hcr", ControlEffects::writeHcr);
        writes.put("scr", ControlEffects::writeScr);
        writes.put("osLock", ControlEffects::writeOsLock);
        writes.put("hvbar", ControlEffects::writeHvbar);
    }

    /** Translation depends on it. */
    private static void writeContext(Cpu cpu, CoprocessorRegister register, long value) {
        register.store(cpu, value);
        cpu.translation().contextChanged(cpu);
    }

    private static long ttbcrMask(Cpu cpu, long value) {
        if ((value & TTBCR_EAE) != 0) {
            return ~TTBCR_LONG_RESERVED;
        }
        return cpu.hasSecurityExtensions() ? TTBCR_N | TTBCR_PD : TTBCR_N;
    }

    private static void writeHcr(Cpu cpu, CoprocessorRegister register, long value) {
        writeContext(cpu, register, value);
        boolean virtual = (value & (Hcr.VA | Hcr.VI | Hcr.VF)) != 0;
        cpu.attention = virtual ? cpu.attention | Cpu.HCR_VIRTUAL : cpu.attention & ~Cpu.HCR_VIRTUAL;
    }

    /** SCR.NS may change which translation regime applies to the running code. */
    private static void writeScr(Cpu cpu, CoprocessorRegister register, long value) {
        writeContext(cpu, register, value);
        cpu.memory().regimeChanged(cpu);
    }

    private static void writeHvbar(Cpu cpu, CoprocessorRegister register, long value) {
        cpu.listener().hypVectorsChange(cpu, (int) value);
        register.store(cpu, value);
    }

    private static void writeOsLock(Cpu cpu, CoprocessorRegister register, long value) {
        long status = cpu.system.get(SystemRegister.DBGOSLSR) & ~OSLSR_OSLK;
        cpu.system.set(SystemRegister.DBGOSLSR, (int) value == OS_LOCK_KEY ? status | OSLSR_OSLK : status);
    }

    /** What is pending, virtual or physical as it would be taken. */
    private static long isr(Cpu cpu) {
        boolean virtual = cpu.mode() != Mode.HYP && cpu.mode() != Mode.USR;
        int hcr = virtual ? Hcr.effective(cpu) : 0;
        boolean irq = (hcr & Hcr.IMO) != 0 ? pending(cpu, Cpu.VIRQ_LINE, Hcr.VI) : pending(cpu, Cpu.IRQ_LINE, 0);
        boolean fiq = (hcr & Hcr.FMO) != 0 ? pending(cpu, Cpu.VFIQ_LINE, Hcr.VF) : pending(cpu, Cpu.FIQ_LINE, 0);
        boolean abort = (hcr & Hcr.AMO) != 0 && (hcr & Hcr.VA) != 0;
        return (irq ? Psr.I : 0) | (fiq ? Psr.F : 0) | (abort ? Psr.A : 0);
    }

    private static boolean pending(Cpu cpu, int line, int hcrBit) {
        return (cpu.attention & line) != 0 || hcrBit != 0 && (Hcr.effective(cpu) & hcrBit) != 0;
    }
}
