package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hdcr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.SystemState;
import java.util.Map;

/**
 * The Performance Monitors Extension: DDI 0406C C12, with a Cortex-A15's six event counters.
 *
 * <p>A cycle is an instruction. Of the events, software increments (0x00), executed instructions (0x08) and cycles (0x11)
 * are counted, in every mode: the filters of PMXEVTYPER and PMCCFILTR are stored and have no effect. No interrupt is raised.
 *
 * <p>The counters in {@link SystemState} are those of {@link SystemState#countedUntil}; every access first brings them up to
 * date.
 */
final class PerformanceMonitors {
    private static final int COUNTERS = 6;
    private static final int CYCLE_COUNTER = 31;
    private static final int ALL = 1 << CYCLE_COUNTER | (1 << COUNTERS) - 1;

    private static final int PMCR_E = 1;
    private static final int PMCR_P = 1 << 1;
    private static final int PMCR_C = 1 << 2;
    private static final int PMCR_D = 1 << 3;
    private static final int CLOCK_DIVIDER = 64;

    private static final int EVENT = 0xffff;
    private static final int SW_INCR = 0x00;
    private static final int INST_RETIRED = 0x08;
    private static final int CPU_CYCLES = 0x11;

    private PerformanceMonitors() {}

    static void define(Map<String, Effects.Read> reads, Map<String, Effects.Write> writes) {
        reads.put("counter", (cpu, register) -> {
            synchronize(cpu);
            return register.stored(cpu);
        });
        reads.put("pmcnten", (cpu, register) -> cpu.system.get(SystemRegister.PMCNTENSET));
        reads.put("pminten", (cpu, register) -> cpu.system.get(SystemRegister.PMINTENSET));
        reads.put("pmovsr", (cpu, register) -> {
            synchronize(cpu);
            return cpu.system.get(SystemRegister.PMOVSR);
        });
        reads.put("pmxevtyper", (cpu, register) -> selectedType(cpu));
        reads.put("pmxevcntr", (cpu, register) -> selectedCounter(cpu));
        defineWrites(writes);
    }

    private static void defineWrites(Map<String, Effects.Write> writes) {
        writes.put("performance", PerformanceMonitors::write);
        writes.put("counter", PerformanceMonitors::write);
        writes.put("pmcr", PerformanceMonitors::writePmcr);
        writes.put("pmcntenset", (cpu, register, value) -> setEnabled(cpu, enabled(cpu) | (int) value & ALL));
        writes.put("pmcntenclr", (cpu, register, value) -> setEnabled(cpu, enabled(cpu) & ~(int) value));
        writes.put("pmintenset", (cpu, register, value) -> setInterrupts(cpu, interrupts(cpu) | (int) value & ALL));
        writes.put("pmintenclr", (cpu, register, value) -> setInterrupts(cpu, interrupts(cpu) & ~(int) value));
        writes.put("pmovsr", (cpu, register, value) -> setOverflows(cpu, overflows(cpu) & ~(int) value));
        writes.put("pmovsset", (cpu, register, value) -> setOverflows(cpu, overflows(cpu) | (int) value & ALL));
        writes.put("pmswinc", (cpu, register, value) -> softwareIncrement(cpu, (int) value));
        writes.put("pmxevtyper", (cpu, register, value) -> writeSelectedType(cpu, value));
        writes.put("pmxevcntr", (cpu, register, value) -> writeSelectedCounter(cpu, value));
    }

    private static void write(Cpu cpu, CoprocessorRegister register, long value) {
        synchronize(cpu);
        register.store(cpu, value);
    }

    private static void writePmcr(Cpu cpu, CoprocessorRegister register, long value) {
        synchronize(cpu);
        if ((value & PMCR_C) != 0) {
            cpu.system.set(SystemRegister.PMCCNTR, 0);
        }
        if ((value & PMCR_P) != 0) {
            for (int i = 0; i < COUNTERS; i++) {
                cpu.system.set(counter(i), 0);
            }
        }
        register.store(cpu, value);
    }

    // ---- enables and flags ------------------------------------------------------------------------------------------

    private static int enabled(Cpu cpu) {
        return cpu.system.word(SystemRegister.PMCNTENSET);
    }

    private static void setEnabled(Cpu cpu, int value) {
        synchronize(cpu);
        cpu.system.set(SystemRegister.PMCNTENSET, value);
        cpu.system.set(SystemRegister.PMCNTENCLR, value);
    }

    private static int interrupts(Cpu cpu) {
        return cpu.system.word(SystemRegister.PMINTENSET);
    }

    private static void setInterrupts(Cpu cpu, int value) {
        cpu.system.set(SystemRegister.PMINTENSET, value);
    }

    private static int overflows(Cpu cpu) {
        synchronize(cpu);
        return cpu.system.word(SystemRegister.PMOVSR);
    }

    private static void setOverflows(Cpu cpu, int value) {
        cpu.system.set(SystemRegister.PMOVSR, value);
        cpu.system.set(SystemRegister.PMOVSSET, value);
    }

    // ---- the register that PMSELR selects ---------------------------------------------------------------------------

    private static int selected(Cpu cpu) {
        return cpu.system.word(SystemRegister.PMSELR) & 0x1f;
    }

    private static long selectedType(Cpu cpu) {
        int selected = selected(cpu);
        if (selected == CYCLE_COUNTER) {
            return cpu.system.get(SystemRegister.PMCCFILTR);
        }
        return selected < COUNTERS ? cpu.system.get(type(selected)) : 0;
    }

    private static void writeSelectedType(Cpu cpu, long value) {
        synchronize(cpu);
        int selected = selected(cpu);
        if (selected == CYCLE_COUNTER) {
            SystemRegisters.find(15, 0, 14, 15, 7).store(cpu, value);
        } else if (selected < COUNTERS) {
            SystemRegisters.find(15, 0, 14, 12, selected).store(cpu, value);
        }
    }

    private static long selectedCounter(Cpu cpu) {
        synchronize(cpu);
        int selected = selected(cpu);
        return selected < COUNTERS ? cpu.system.get(counter(selected)) : 0;
    }

    private static void writeSelectedCounter(Cpu cpu, long value) {
        synchronize(cpu);
        if (selected(cpu) < COUNTERS) {
            cpu.system.set(counter(selected(cpu)), value);
        }
    }

    private static SystemRegister counter(int i) {
        return SystemRegister.all().get(SystemRegister.PMXEVCNTR0.ordinal() + i);
    }

    private static SystemRegister type(int i) {
        return SystemRegister.all().get(SystemRegister.PMXEVTYPER0.ordinal() + i);
    }

    // ---- counting ---------------------------------------------------------------------------------------------------

    /** Adds what has happened since the counters were last brought up to date. */
    private static void synchronize(Cpu cpu) {
        long until = cpu.instructions;
        long passed = until - cpu.system.countedUntil();
        cpu.system.setCountedUntil(until);
        if (passed <= 0 || enabled(cpu) == 0) {
            return;
        }
        int pmcr = cpu.system.word(SystemRegister.PMCR);
        if (runs(cpu, CYCLE_COUNTER)) {
            add(cpu, SystemRegister.PMCCNTR, CYCLE_COUNTER, (pmcr & PMCR_D) != 0 ? divided(until, passed) : passed);
        }
        for (int i = 0; i < COUNTERS; i++) {
            int event = cpu.system.word(type(i)) & EVENT;
            if (runs(cpu, i) && (event == INST_RETIRED || event == CPU_CYCLES)) {
                add(cpu, counter(i), i, passed);
            }
        }
    }

    /** How often the counter that counts every 64th cycle has moved. */
    private static long divided(long until, long passed) {
        return until / CLOCK_DIVIDER - (until - passed) / CLOCK_DIVIDER;
    }

    /** Whether a counter is enabled: those that HDCR.HPMN reserves for Hyp mode by HDCR.HPME, the others by PMCR.E. */
    private static boolean runs(Cpu cpu, int counter) {
        int hdcr = cpu.system.word(SystemRegister.HDCR);
        boolean reserved = counter != CYCLE_COUNTER && counter >= (hdcr & Hdcr.HPMN);
        boolean on = reserved ? (hdcr & Hdcr.HPME) != 0 : (cpu.system.word(SystemRegister.PMCR) & PMCR_E) != 0;
        return on && (enabled(cpu) >>> counter & 1) != 0;
    }

    private static void add(Cpu cpu, SystemRegister counter, int number, long amount) {
        long before = cpu.system.get(counter);
        long after = before + amount;
        cpu.system.set(counter, after);
        if (after >>> 32 != before >>> 32) {
            setOverflows(cpu, cpu.system.word(SystemRegister.PMOVSR) | 1 << number);
        }
    }

    private static void softwareIncrement(Cpu cpu, int counters) {
        synchronize(cpu);
        for (int i = 0; i < COUNTERS; i++) {
            if ((counters >>> i & 1) != 0 && runs(cpu, i) && (cpu.system.word(type(i)) & EVENT) == SW_INCR) {
                add(cpu, counter(i), i, 1);
            }
        }
    }
}
