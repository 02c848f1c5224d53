package dev.hyptrace.emulator.core;

/** The fields of SCR: DDI 0406C B4.1 "SCR, Secure Configuration Register, Security Extensions". */
public final class Scr {
    public static final int NS = 1;
    public static final int IRQ = 1 << 1;
    public static final int FIQ = 1 << 2;
    public static final int EA = 1 << 3;
    public static final int FW = 1 << 4;
    public static final int AW = 1 << 5;
    public static final int NET = 1 << 6;
    public static final int SCD = 1 << 7;
    public static final int HCE = 1 << 8;
    public static final int SIF = 1 << 9;

    private Scr() {}

    /** SCR, or 0 without the Security Extensions. */
    public static int of(Cpu cpu) {
        return cpu.hasSecurityExtensions() ? cpu.system.word(SystemRegister.SCR) : 0;
    }
}
