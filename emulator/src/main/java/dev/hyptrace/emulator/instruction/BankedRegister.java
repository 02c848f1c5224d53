package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import java.util.Optional;

/**
 * MRS and MSR (Banked register) of the Virtualization Extensions: DDI 0406C B9.2.3 "Encoding and use of banked register
 * transfer instructions".
 *
 * <p>Access to a register that the mode reaches otherwise, or must not reach, is UNPREDICTABLE; UNDEFINED here as in QEMU.
 */
final class BankedRegister {
    private static final int FIRST_HIGH = 8;
    private static final int SP = 13;
    private static final int LR = 14;
    private static final int SPSR = 16;
    private static final int ELR = 17;

    private static final int[] PAIRED_MODES = {Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND};

    private BankedRegister() {}

    /** MRS (Banked register): {@code s} is SYSm without R. */
    static Operation mrsBanked(boolean R, int s, int d) {
        int mode = mode(s);
        int register = register(R, s);
        if (register < 0) {
            return unallocated();
        }
        return Branch.of(cpu -> {
            checkAccess(cpu, mode, register);
            cpu.r[d] = switch (register) {
                case SPSR -> cpu.banks.spsr(mode);
                case ELR -> cpu.banks.elrHyp();
                default -> cpu.register(register, mode);
            };
        });
    }

    /** MSR (Banked register). */
    static Operation msrBanked(boolean R, int s, int n) {
        int mode = mode(s);
        int register = register(R, s);
        if (register < 0 || n == 15) {
            return unallocated();
        }
        return Branch.of(cpu -> {
            checkAccess(cpu, mode, register);
            int value = cpu.r[n];
            switch (register) {
                case SPSR -> cpu.banks.setSpsr(mode, value);
                case ELR -> cpu.banks.setElrHyp(value);
                default -> cpu.setRegister(register, mode, value);
            }
        });
    }

    private static Operation unallocated() {
        return Decoder.unpredictable("MRS or MSR of an unallocated banked register: UNDEFINED", Decoder.UNDEFINED);
    }

    private static int mode(int sysM) {
        if (sysM < 0x08) {
            return Mode.USR;
        }
        if (sysM < 0x10) {
            return Mode.FIQ;
        }
        if (sysM < 0x18) {
            return PAIRED_MODES[sysM >>> 1 & 3];
        }
        return (sysM & 2) == 0 ? Mode.MON : Mode.HYP;
    }

    /** R8 to R14 by number, {@link #SPSR}, {@link #ELR}; -1 for an unallocated encoding. */
    private static int register(boolean spsr, int sysM) {
        boolean paired = sysM >= 0x10 && sysM < 0x18 || sysM >= 0x1c;
        if (spsr) {
            return paired && (sysM & 1) == 0 || sysM == 0x0e ? SPSR : -1;
        }
        if (sysM < 0x10) {
            return (sysM & 7) == 7 ? -1 : FIRST_HIGH + (sysM & 7);
        }
        if (!paired) {
            return -1;
        }
        return (sysM & 1) != 0 ? SP : sysM == 0x1e ? ELR : LR;
    }

    /** The manual's name of what the operands name; empty for an unallocated encoding. */
    static Optional<String> name(boolean spsr, int sysM) {
        int register = register(spsr, sysM);
        String suffix = "_" + Mode.name(mode(sysM));
        return switch (register) {
            case -1 -> Optional.empty();
            case SP -> Optional.of("SP" + suffix);
            case LR -> Optional.of("LR" + suffix);
            case SPSR -> Optional.of("SPSR" + suffix);
            case ELR -> Optional.of("ELR" + suffix);
            default -> Optional.of("R" + register + suffix);
        };
    }

    /** BankedRegisterAccessValid() and SPSRAccessValid(). */
    private static void checkAccess(Cpu cpu, int mode, int register) {
        if (!isAccessible(cpu, mode, register)) {
            cpu.listener().unpredictable(cpu, "MRS or MSR of a banked register that is not accessible: UNDEFINED");
            throw ProcessorException.undefined();
        }
    }

    private static boolean isAccessible(Cpu cpu, int mode, int register) {
        int current = cpu.mode();
        if (current == Mode.USR) {
            return false;
        }
        if (register == ELR) {
            return current == Mode.HYP || current == Mode.MON;
        }
        return switch (mode) {
            case Mode.USR -> isUserAccessible(current, register);
            case Mode.HYP -> current == Mode.MON;
            case Mode.MON -> current != Mode.MON && cpu.isSecure();
            default -> current != mode;
        };
    }

    private static boolean isUserAccessible(int current, int register) {
        return switch (register) {
            case SP -> current != Mode.SYS;
            case LR -> current != Mode.SYS && current != Mode.HYP;
            default -> current == Mode.FIQ;
        };
    }
}
