package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.core.Mode;

/** Names of registers, conditions, barriers and so on. */
final class Names {
    private static final String[] REGISTERS = {
        "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "sl", "fp", "ip", "sp", "lr", "pc"
    };
    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "", ""
    };
    private static final String[] SHIFTS = {"lsl", "lsr", "asr", "ror", "rrx"};
    private static final String[] BARRIERS = {
        "#0", "oshld", "oshst", "osh", "#4", "nshld", "unst", "un", "#8", "ishld", "ishst", "ish", "#12", "ld", "st",
        "sy"
    };
    private static final int[] PAIRED_MODES = {Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND};

    private Names() {}

    static String register(int number) {
        return REGISTERS[number];
    }

    static String condition(int condition) {
        return CONDITIONS[condition];
    }

    static String shift(int type) {
        return SHIFTS[type];
    }

    static String barrier(int option) {
        return BARRIERS[option];
    }

    /** A register list in braces. */
    static String registers(int list) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 16; i++) {
            if ((list >>> i & 1) != 0) {
                text.append(text.length() == 1 ? "" : ", ").append(REGISTERS[i]);
            }
        }
        return text.append('}').toString();
    }

    /** The whole of a PSR as MRS names it. */
    static String psr(boolean spsr) {
        return spsr ? "SPSR" : "CPSR";
    }

    /** The fields of a PSR that MSR writes. */
    static String psr(boolean spsr, int mask) {
        StringBuilder text = new StringBuilder(psr(spsr)).append('_');
        for (int bit = 3; bit >= 0; bit--) {
            if ((mask >>> bit & 1) != 0) {
                text.append("cxsf".charAt(bit));
            }
        }
        return text.toString();
    }

    /**
     * A banked register by SYSm: DDI 0406C B9.2.3 "Encoding and use of banked register transfer instructions". Values that
     * name none are shown as such.
     */
    static String banked(boolean spsr, int sysm) {
        String name = sysm < 16 ? userOrFiq(sysm) : modeRegister(sysm);
        boolean exists = spsr ? name.startsWith("LR_") && sysm != 6 || sysm == 30 : !name.isEmpty();
        if (!exists) {
            return "(UNDEF: " + ((spsr ? 1 << 6 : 0) | 1 << 5 | sysm) + ")";
        }
        return spsr ? "SPSR" + name.substring(name.indexOf('_')) : name;
    }

    private static String userOrFiq(int sysm) {
        int number = sysm % 8 + 8;
        String suffix = sysm < 8 ? "_usr" : "_fiq";
        return switch (number) {
            case 13 -> "SP" + suffix;
            case 14 -> "LR" + suffix;
            case 15 -> "";
            default -> "R" + number + suffix;
        };
    }

    private static String modeRegister(int sysm) {
        String register = sysm % 2 == 0 ? "LR_" : "SP_";
        return switch (sysm) {
            case 24, 25, 26, 27 -> "";
            case 28, 29 -> register + Mode.name(Mode.MON);
            case 30 -> "ELR_" + Mode.name(Mode.HYP);
            case 31 -> "SP_" + Mode.name(Mode.HYP);
            default -> register + Mode.name(PAIRED_MODES[(sysm - 16) / 2]);
        };
    }
}
