package dev.hyptrace.emulator.mmu;

/** "Write permission implies XN": SCTLR.WXN, SCTLR.UWXN and HSCTLR.WXN, DDI 0406C B3.7.2. */
final class Wxn {
    private static final int WXN = 1 << 19;
    private static final int UWXN = 1 << 20;

    private Wxn() {}

    /** XN as the control register modifies it. */
    static boolean executeNever(int sctlr, boolean xn, boolean write, boolean userWrite, boolean privileged) {
        boolean wxn = (sctlr & WXN) != 0 && (privileged ? write : userWrite);
        boolean uwxn = (sctlr & UWXN) != 0 && privileged && userWrite;
        return xn || wxn || uwxn;
    }
}
