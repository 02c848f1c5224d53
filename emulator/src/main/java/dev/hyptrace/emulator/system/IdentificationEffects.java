package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.Map;

/** Identification registers whose value is not a constant. */
final class IdentificationEffects {
    /** ID_PFR1's field for the Security Extensions. */
    private static final long ID_PFR1_SECURITY = 0xf0;

    /** A Cortex-A15's caches by CSSELR: data and instruction cache of level 1, the cache of level 2. */
    private static final int[] CACHE_SIZES = {0x701f_e00a, 0x201f_e00a, 0x711f_e07a};

    /** ID_DFR0[7:4]: v7.1 Debug, Secure state. */
    private static final int ID_DFR0_SECURE_DEBUG = 5 << 4;

    private IdentificationEffects() {}

    static void define(Map<String, Effects.Read> reads) {
        reads.put("midr", (cpu, register) -> virtual(cpu, register, SystemRegister.VPIDR));
        reads.put("mpidr", (cpu, register) -> virtual(cpu, register, SystemRegister.VMPIDR));
        reads.put("idPfr1", IdentificationEffects::idPfr1);
        reads.put("idDfr0", IdentificationEffects::idDfr0);
        reads.put("ccsidr", IdentificationEffects::ccsidr);
    }

    /** Non-secure PL1 reads what Hyp mode has set for it. */
    private static long virtual(Cpu cpu, CoprocessorRegister register, SystemRegister forPl1) {
        return cpu.mode() == Mode.HYP || cpu.isSecure() ? register.stored(cpu) : cpu.system.get(forPl1);
    }

    private static long idPfr1(Cpu cpu, CoprocessorRegister register) {
        long value = register.stored(cpu);
        return cpu.hasSecurityExtensions() ? value : value & ~ID_PFR1_SECURITY;
    }

    /** Secure debug comes with the Security Extensions. */
    private static long idDfr0(Cpu cpu, CoprocessorRegister register) {
        return cpu.hasSecurityExtensions() ? register.stored(cpu) | ID_DFR0_SECURE_DEBUG : register.stored(cpu);
    }

    private static long ccsidr(Cpu cpu, CoprocessorRegister register) {
        int selected = cpu.system.word(SystemRegister.CSSELR, CoprocessorRegister.usesSecureCopy(cpu));
        return selected < CACHE_SIZES.length ? CACHE_SIZES[selected] : 0;
    }
}
