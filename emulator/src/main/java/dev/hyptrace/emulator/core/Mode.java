package dev.hyptrace.emulator.core;

/** Processor modes as CPSR.M encodes them: DDI 0406C B1.3.1 "ARM processor modes". */
public final class Mode {
    public static final int USR = 0x10;
    public static final int FIQ = 0x11;
    public static final int IRQ = 0x12;
    public static final int SVC = 0x13;
    public static final int MON = 0x16;
    public static final int ABT = 0x17;
    public static final int HYP = 0x1a;
    public static final int UND = 0x1b;
    public static final int SYS = 0x1f;

    /** CPSR[4:0]. */
    public static final int MASK = 0x1f;

    private static final int VALID =
            1 << USR | 1 << FIQ | 1 << IRQ | 1 << SVC | 1 << MON | 1 << ABT | 1 << HYP | 1 << UND | 1 << SYS;

    private static final String[] NAMES = new String[32];

    static {
        NAMES[USR] = "usr";
        NAMES[FIQ] = "fiq";
        NAMES[IRQ] = "irq";
        NAMES[SVC] = "svc";
        NAMES[MON] = "mon";
        NAMES[ABT] = "abt";
        NAMES[HYP] = "hyp";
        NAMES[UND] = "und";
        NAMES[SYS] = "sys";
    }

    private Mode() {}

    /** Whether the five bits encode a mode of an ARMv7-A processor with all extensions: BadMode() inverted. */
    public static boolean isValid(int mode) {
        return (VALID >>> mode & 1) != 0;
    }

    /** The manual's suffix: usr, fiq, irq, svc, mon, abt, hyp, und, sys. */
    public static String name(int mode) {
        return NAMES[mode] == null ? "0x" + Integer.toHexString(mode) : NAMES[mode];
    }
}
