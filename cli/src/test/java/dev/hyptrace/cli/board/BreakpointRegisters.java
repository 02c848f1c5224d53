package dev.hyptrace.cli.board;

import dev.hyptrace.emulator.core.Mode;

/** DBGBVR0 to 5 and DBGBCR0 to 5: DDI 0406C C3.2 and C11.11. */
final class BreakpointRegisters {
    static final int COUNT = 6;
    private static final int HMC = 1 << 13;
    private static final int CONTROL_WRITABLE = 0x00f0_e1e7 | 0x000f_0000;

    private final int[] value = new int[COUNT];
    private final int[] control = new int[COUNT];

    /** By the offset from DBGBVR0. */
    int read(int offset) {
        int n = (offset & 0x3f) / 4;
        return n >= COUNT ? 0 : offset < 0x40 ? value[n] : control[n];
    }

    void write(int offset, int word) {
        int n = (offset & 0x3f) / 4;
        if (n < COUNT && offset < 0x40) {
            value[n] = word & ~3;
        } else if (n < COUNT) {
            control[n] = word & CONTROL_WRITABLE;
        }
    }

    /** Whether one of them stops the processor before the instruction there. */
    boolean match(int pc, int mode) {
        for (int n = 0; n < COUNT; n++) {
            if ((control[n] & 1) != 0 && matchesIn(control[n], mode) && matches(n, pc)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int n, int pc) {
        int type = control[n] >>> 20 & 0xf;
        boolean here = (pc & ~3) == value[n] && (control[n] >>> 5 >>> (pc & 3) & 1) != 0;
        return switch (type) {
            case 0 -> here;
            case 4 -> !here;
            default -> false;
        };
    }

    /** The rows of the table of HMC, SSC and PMC that are of use here: SSC is 0. */
    private static boolean matchesIn(int control, int mode) {
        int pmc = control >>> 1 & 3;
        return switch (mode) {
            case Mode.HYP -> (control & HMC) != 0 && (pmc & 1) != 0;
            case Mode.USR -> pmc >= 2 || pmc == 0;
            case Mode.SVC, Mode.SYS -> pmc != 2;
            default -> (pmc & 1) != 0;
        };
    }
}
