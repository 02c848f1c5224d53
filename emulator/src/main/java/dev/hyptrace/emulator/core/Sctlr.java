package dev.hyptrace.emulator.core;

/** The fields of SCTLR and HSCTLR: DDI 0406C B4.1 "SCTLR, System Control Register, VMSA". */
public final class Sctlr {
    public static final int M = 1;
    public static final int A = 1 << 1;
    public static final int C = 1 << 2;
    public static final int CP15BEN = 1 << 5;
    public static final int SW = 1 << 10;
    public static final int Z = 1 << 11;
    public static final int I = 1 << 12;
    public static final int V = 1 << 13;
    public static final int WXN = 1 << 19;
    public static final int UWXN = 1 << 20;
    public static final int FI = 1 << 21;
    public static final int EE = 1 << 25;
    public static final int TRE = 1 << 28;
    public static final int AFE = 1 << 29;
    public static final int TE = 1 << 30;

    private Sctlr() {}
}
