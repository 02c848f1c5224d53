package dev.hyptrace.emulator.core;

/** The fields of HCR: DDI 0406C B4.1 "HCR, Hyp Configuration Register". */
public final class Hcr {
    public static final int VM = 1;
    public static final int SWIO = 1 << 1;
    public static final int PTW = 1 << 2;
    public static final int FMO = 1 << 3;
    public static final int IMO = 1 << 4;
    public static final int AMO = 1 << 5;
    public static final int VF = 1 << 6;
    public static final int VI = 1 << 7;
    public static final int VA = 1 << 8;
    public static final int FB = 1 << 9;
    public static final int BSU = 3 << 10;
    public static final int DC = 1 << 12;
    public static final int TWI = 1 << 13;
    public static final int TWE = 1 << 14;
    public static final int TID0 = 1 << 15;
    public static final int TID1 = 1 << 16;
    public static final int TID2 = 1 << 17;
    public static final int TID3 = 1 << 18;
    public static final int TSC = 1 << 19;
    public static final int TIDCP = 1 << 20;
    public static final int TAC = 1 << 21;
    public static final int TSW = 1 << 22;
    public static final int TPC = 1 << 23;
    public static final int TPU = 1 << 24;
    public static final int TTLB = 1 << 25;
    public static final int TVM = 1 << 26;
    public static final int TGE = 1 << 27;

    /** What has no effect while TGE is set. */
    private static final int OFF_WITH_TGE = SWIO | PTW | VF | VI | VA | FB | TID1 | TID3 | TSC | TAC | TSW | TTLB | TVM;

    private Hcr() {}

    /**
     * HCR as it takes effect: 0 in Secure state; with TGE set, interrupts are
     * routed to Hyp mode whatever AMO, IMO and FMO say, and most traps and the virtual interrupts are off.
     */
    public static int effective(Cpu cpu) {
        if (cpu.isSecure()) {
            return 0;
        }
        int hcr = cpu.system.word(SystemRegister.HCR);
        return (hcr & TGE) == 0 ? hcr : (hcr | AMO | IMO | FMO) & ~OFF_WITH_TGE;
    }
}
