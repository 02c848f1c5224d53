package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;

/** Status register access instructions: DDI 0406C A4.5 and B9.3, MRS, MSR and CPS. */
final class StatusRegister {
    /** What MRS does not show of CPSR: the execution state. */
    private static final int EXECUTION_STATE = Psr.IT | Psr.J | Psr.T;
    /** What User mode may write of CPSR. */
    private static final int USER = 0xf800_0000 | Psr.GE | Psr.E;
    /** What there is of an SPSR: bits [23:21] read as zero. Bit 20, reserved, is there as in QEMU. */
    private static final int IN_SPSR = 0xff1f_ffff;

    private StatusRegister() {}

    /** MRS: of CPSR, or of the current mode's SPSR. */
    static Operation mrs(boolean R, int d) {
        if (!R) {
            return Operation.of(cpu -> cpu.r[d] = cpu.cpsr() & ~EXECUTION_STATE);
        }
        return Branch.of(cpu -> {
            checkSpsr(cpu);
            cpu.r[d] = cpu.banks.spsr(cpu.mode());
        });
    }

    /** MSR (immediate). */
    static Operation msrImmediate(boolean R, int mask, int imm32) {
        return write(R, mask, cpu -> imm32);
    }

    /** MSR (register). */
    static Operation msrRegister(boolean R, int mask, int n) {
        return write(R, mask, cpu -> cpu.r[n]);
    }

    private static Operation write(boolean spsr, int mask, PcResult.Result value) {
        int bits = byteMask(mask);
        if (!spsr) {
            return Branch.of(cpu -> writeCpsr(cpu, value.of(cpu), bits & ~EXECUTION_STATE));
        }
        return Branch.of(cpu -> {
            checkSpsr(cpu);
            int kept = cpu.banks.spsr(cpu.mode()) & ~(bits & IN_SPSR);
            cpu.banks.setSpsr(cpu.mode(), kept | value.of(cpu) & bits & IN_SPSR);
        });
    }

    /** CPS. In User mode it does nothing. */
    static Operation cps(int imod, boolean M, boolean A, boolean I, boolean F, int mode) {
        int masks = (imod & 2) == 0 ? 0 : (A ? Psr.A : 0) | (I ? Psr.I : 0) | (F ? Psr.F : 0);
        int value = (imod & 1) == 0 ? 0 : masks;
        Branch operation = Branch.of(cpu -> {
            if (cpu.mode() != Mode.USR) {
                writeCpsr(cpu, value | mode, masks | (M ? Psr.M : 0));
            }
        });
        boolean unpredictable =
                imod == 1 || !M && mode != 0 || (imod & 2) == 0 && (A || I || F) || imod > 1 && masks == 0;
        return unpredictable
                ? Decoder.unpredictable(
                        "CPS with an UNPREDICTABLE combination of fields executes as encoded", operation)
                : operation;
    }

    /**
     * CPSRWriteByInstr(): writes the bits of CPSR that the mask selects and the mode permits. A change to a mode that
     * may not be entered this way is UNPREDICTABLE; as in QEMU the mode then stays and all else is written.
     */
    private static void writeCpsr(Cpu cpu, int value, int mask) {
        int effective = cpu.mode() == Mode.USR ? mask & USER : mask;
        if ((effective & Psr.M) != 0 && !mayChangeTo(cpu, value & Psr.M)) {
            cpu.listener().unpredictable(cpu, "a change to a mode that cannot be entered leaves the mode");
            effective &= ~Psr.M;
        }
        cpu.setCpsr(cpu.cpsr() & ~effective | value & effective);
    }

    /** Hyp mode is neither entered nor left by MSR and CPS; Monitor mode is entered from Secure state only. */
    private static boolean mayChangeTo(Cpu cpu, int mode) {
        if (mode == cpu.mode()) {
            return true;
        }
        return switch (mode) {
            case Mode.HYP -> false;
            case Mode.MON -> cpu.isSecure();
            default -> cpu.mode() != Mode.HYP && Mode.isValid(mode);
        };
    }

    /** UNPREDICTABLE in User and System mode: UNDEFINED in the former, a register that nothing else uses in the latter. */
    private static void checkSpsr(Cpu cpu) {
        if (cpu.mode() == Mode.USR) {
            throw ProcessorException.undefined();
        }
        if (cpu.mode() == Mode.SYS) {
            cpu.listener().unpredictable(cpu, "access to SPSR in System mode is to a register that nothing else uses");
        }
    }

    private static int byteMask(int mask) {
        return ((mask & 1) != 0 ? 0xff : 0)
                | ((mask & 2) != 0 ? 0xff00 : 0)
                | ((mask & 4) != 0 ? 0xff_0000 : 0)
                | ((mask & 8) != 0 ? 0xff00_0000 : 0);
    }
}
