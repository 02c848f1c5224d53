package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.floatingpoint.Fpscr;

/**
 * Whether floating-point and Advanced SIMD instructions may be executed: DDI 0406C B1.11 "Advanced SIMD and floating-point
 * support".
 */
final class FloatingPointAccess {
    private static final int CP10 = 10;
    private static final int NSACR_CP10 = 1 << CP10;
    private static final int NSACR_NSASEDIS = 1 << 15;
    private static final int CPACR_ASEDIS = 1 << 31;
    private static final int HCPTR_TCP10 = 1 << CP10;
    private static final int HCPTR_TASE = 1 << 15;
    private static final int FPEXC_EN = 1 << 30;
    /** The ISS of a trap by HCPTR.TASE: TA, and no coprocessor. */
    private static final int TA = 1 << 5;

    private FloatingPointAccess() {}

    /**
     * Checks that CPACR, NSACR and HCPTR permit the use of CP10 and CP11.
     *
     * @throws ProcessorException UNDEFINED, or a trap to Hyp mode
     */
    static void check(Cpu cpu) {
        if (!isPermitted(cpu)) {
            throw ProcessorException.undefined();
        }
        if (!cpu.isSecure() && (cpu.system.word(SystemRegister.HCPTR) & HCPTR_TCP10) != 0) {
            throw ProcessorException.hypTrap(Hsr.conditional(Hsr.EC_HCPTR, CP10));
        }
    }

    /** The same, and that FPEXC.EN is set. */
    static void checkEnabled(Cpu cpu) {
        check(cpu);
        if ((cpu.system.word(SystemRegister.FPEXC) & FPEXC_EN) == 0) {
            throw ProcessorException.undefined();
        }
    }

    /** The same for an instruction that would work on short vectors: there are none, and it is UNDEFINED first of all. */
    static void checkScalar(Cpu cpu) {
        if ((cpu.system.word(SystemRegister.FPSCR) & Fpscr.VECTOR) != 0) {
            throw ProcessorException.undefined();
        }
        checkEnabled(cpu);
    }

    /** The same for an Advanced SIMD instruction. */
    static void checkSimd(Cpu cpu) {
        if (!cpu.follows(QemuDeviation.SIMD_ALWAYS_ENABLED)) {
            checkSimdControls(cpu);
        }
        checkEnabled(cpu);
    }

    private static void checkSimdControls(Cpu cpu) {
        boolean nonSecure = cpu.hasSecurityExtensions() && !cpu.isSecure();
        boolean disabled = nonSecure && (cpu.system.word(SystemRegister.NSACR) & NSACR_NSASEDIS) != 0
                || cpu.mode() != Mode.HYP && (cpu.system.word(SystemRegister.CPACR) & CPACR_ASEDIS) != 0;
        if (disabled || !isPermitted(cpu)) {
            throw ProcessorException.undefined();
        }
        if (!cpu.isSecure() && (cpu.system.word(SystemRegister.HCPTR) & HCPTR_TASE) != 0) {
            throw ProcessorException.hypTrap(Hsr.conditional(Hsr.EC_HCPTR, TA));
        }
    }

    /** CPACR is for PL1 and PL0; the value 0b10, reserved, permits nothing. */
    private static boolean isPermitted(Cpu cpu) {
        boolean nonSecure = cpu.hasSecurityExtensions() && !cpu.isSecure();
        if (nonSecure && (cpu.system.word(SystemRegister.NSACR) & NSACR_CP10) == 0) {
            return false;
        }
        if (cpu.mode() == Mode.HYP) {
            return true;
        }
        int access = cpu.system.word(SystemRegister.CPACR) >>> 2 * CP10 & 3;
        return access == 3 || access == 1 && cpu.mode() != Mode.USR;
    }
}
