package dev.hyptrace.emulator.core;

/** The fields of HDCR: DDI 0406C B4.1 "HDCR, Hyp Debug Configuration Register". */
public final class Hdcr {
    public static final int HPMN = 0x1f;
    public static final int TPMCR = 1 << 5;
    public static final int TPM = 1 << 6;
    public static final int HPME = 1 << 7;
    public static final int TDE = 1 << 8;
    public static final int TDA = 1 << 9;
    public static final int TDOSA = 1 << 10;
    public static final int TDRA = 1 << 11;

    private Hdcr() {}
}
