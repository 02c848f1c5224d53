package dev.hyptrace.emulator.core;

/**
 * The fields of the program status registers: DDI 0406C B1.3.3 "Program Status Registers (PSRs)".
 *
 * <pre>
 *  31 30 29 28 27 26 25 24 23   20 19   16 15      10 9 8 7 6 5 4     0
 *   N  Z  C  V  Q IT[1:0] J  (0)     GE      IT[7:2]  E A I F T    M
 * </pre>
 */
public final class Psr {
    public static final int N = 1 << 31;
    public static final int Z = 1 << 30;
    public static final int C = 1 << 29;
    public static final int V = 1 << 28;
    public static final int Q = 1 << 27;
    public static final int J = 1 << 24;
    public static final int GE = 0xf << 16;
    public static final int IT = 0x0600_fc00;
    public static final int E = 1 << 9;
    public static final int A = 1 << 8;
    public static final int I = 1 << 7;
    public static final int F = 1 << 6;
    public static final int T = 1 << 5;
    public static final int M = 0x1f;

    private Psr() {}

    /** IT[7:0] gathered from its two fields. */
    public static int itState(int psr) {
        return psr >>> 8 & 0xfc | psr >>> 25 & 0x3;
    }

    /** IT[7:0] spread over its two fields. */
    public static int itBits(int itState) {
        return (itState & 0xfc) << 8 | (itState & 0x3) << 25;
    }
}
