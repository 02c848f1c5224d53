package dev.hyptrace.emulator.floatingpoint;

/**
 * The fields of FPSCR: DDI 0406C "FPSCR, Floating-point Status and Control Register, VMSA".
 *
 * <pre>
 *  31 30 29 28 27  26 25 24 23 22 21  20 18 16  7   4   3   2   1   0
 *   N  Z  C  V QC AHP DN FZ RMode Stride  Len  IDC IXC UFC OFC DZC IOC
 * </pre>
 */
public final class Fpscr {
    /** Invalid Operation. */
    public static final int IOC = 1;
    /** Division by Zero. */
    public static final int DZC = 1 << 1;
    /** Overflow. */
    public static final int OFC = 1 << 2;
    /** Underflow. */
    public static final int UFC = 1 << 3;
    /** Inexact. */
    public static final int IXC = 1 << 4;
    /** Input Denormal. */
    public static final int IDC = 1 << 7;
    /** Where RMode begins. */
    public static final int RMODE = 22;
    /** Flush-to-zero. */
    public static final int FZ = 1 << 24;
    /** Default NaN. */
    public static final int DN = 1 << 25;
    /** Alternative half-precision. */
    public static final int AHP = 1 << 26;
    /** Cumulative saturation. */
    public static final int QC = 1 << 27;
    /** Len and Stride: short vectors, which a Cortex-A15 does not have. */
    public static final int VECTOR = 0x37 << 16;
    /** N, Z, C and V. */
    public static final int FLAGS = 0xf << 28;

    private Fpscr() {}
}
