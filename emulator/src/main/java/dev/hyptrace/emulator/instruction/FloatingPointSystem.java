package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;

/** VMRS and VMSR of all registers: DDI 0406C B9.3. */
final class FloatingPointSystem {
    private static final int FPSCR = 1;
    private static final int PC = 15;

    private static final int FPEXC_EN = 1 << 30;
    /** FPSCR as QEMU models it: exceptions cannot be trapped. */
    private static final int FPSCR_BITS = 0xfff7_009f;

    private FloatingPointSystem() {}

    /** VMRS of register {@code s}. With R15 as the destination and FPSCR it sets N, Z, C and V. */
    static Operation vmrs(int s, int t) {
        SystemRegister register = register(s);
        if (register == null || t == PC && s != FPSCR) {
            return unallocated();
        }
        int hsr = Hsr.registerTransfer(Hsr.EC_CP10_ID, 7, s, 0, 0, t, true);
        int trap = trap(register);
        return Branch.of(cpu -> {
            checkAccess(cpu, s);
            if (trap != 0 && cpu.mode() != Mode.HYP && (Hcr.effective(cpu) & trap) != 0) {
                throw ProcessorException.hypTrap(hsr);
            }
            int value = cpu.system.word(register);
            if (t == PC) {
                cpu.setFlags(value);
            } else {
                cpu.r[t] = value;
            }
        });
    }

    /** VMSR of register {@code s}. */
    static Operation vmsr(int s, int t) {
        SystemRegister register = register(s);
        if (register == null) {
            return unallocated();
        }
        return Branch.of(cpu -> {
            checkAccess(cpu, s);
            switch (register) {
                case FPSCR -> cpu.system.set(register, cpu.r[t] & FPSCR_BITS);
                case FPEXC -> cpu.system.set(register, cpu.r[t] & FPEXC_EN);
                default -> {} // Read-only.
            }
        });
    }

    private static SystemRegister register(int s) {
        return switch (s) {
            case 0 -> SystemRegister.FPSID;
            case FPSCR -> SystemRegister.FPSCR;
            case 6 -> SystemRegister.MVFR1;
            case 7 -> SystemRegister.MVFR0;
            case 8 -> SystemRegister.FPEXC;
            default -> null;
        };
    }

    /** The bit of HCR that traps reads of an identification register. */
    private static int trap(SystemRegister register) {
        return switch (register) {
            case FPSID -> Hcr.TID0;
            case MVFR0, MVFR1 -> Hcr.TID3;
            default -> 0;
        };
    }

    private static Operation unallocated() {
        return Decoder.unpredictable("VMRS or VMSR of a register that does not exist: UNDEFINED", Decoder.UNDEFINED);
    }

    /** All but FPSCR are for privileged modes, and accessible while the extension is disabled. */
    private static void checkAccess(Cpu cpu, int s) {
        if (s == FPSCR) {
            FloatingPointAccess.checkEnabled(cpu);
        } else {
            if (cpu.mode() == Mode.USR) {
                throw ProcessorException.undefined();
            }
            FloatingPointAccess.check(cpu);
        }
    }
}
