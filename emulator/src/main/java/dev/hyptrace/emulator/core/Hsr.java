package dev.hyptrace.emulator.core;

/**
 * Syndromes as HSR holds them: DDI 0406C B3.13.6 "Use of the HSR".
 *
 * <pre>
 *  31    26 25 24                                   0
 *     EC    IL                  ISS
 * </pre>
 *
 * <p>IL is set for a 32-bit instruction. For traps of coprocessor accesses CV is set and COND is 0b1110, also for a
 * conditional instruction: the manual permits it since its condition has passed, and QEMU does so.
 */
public final class Hsr {
    public static final int EC_UNKNOWN = 0x00;
    public static final int EC_WFX = 0x01;
    public static final int EC_CP15 = 0x03;
    public static final int EC_CP15_64 = 0x04;
    public static final int EC_CP14 = 0x05;
    public static final int EC_CP14_LDC = 0x06;
    public static final int EC_HCPTR = 0x07;
    public static final int EC_CP10_ID = 0x08;
    public static final int EC_JAZELLE = 0x09;
    public static final int EC_BXJ = 0x0a;
    public static final int EC_CP14_64 = 0x0c;
    public static final int EC_SVC = 0x11;
    public static final int EC_HVC = 0x12;
    public static final int EC_SMC = 0x13;
    /** A prefetch abort from a lower privilege level; the code from Hyp mode itself is one more. */
    public static final int EC_PREFETCH_ABORT = 0x20;
    /** A data abort from a lower privilege level; the code from Hyp mode itself is one more. */
    public static final int EC_DATA_ABORT = 0x24;

    public static final int IL = 1 << 25;
    /** Bits [23:14] of a data abort's ISS describe the access. */
    public static final int ISV = 1 << 24;

    /** CV = 1, COND = 0b1110. */
    private static final int ALWAYS = 0x1e << 20;

    private Hsr() {}

    /** The syndrome of a class, for a 32-bit instruction. */
    public static int of(int ec, int iss) {
        return ec << 26 | IL | iss;
    }

    /** A conditional instruction's syndrome: WFI or WFE (bit 0 of the ISS), an access to a coprocessor, BXJ. */
    public static int conditional(int ec, int iss) {
        return of(ec, ALWAYS | iss);
    }

    /**
     * The syndrome of a trapped MCR or MRC.
     *
     * @param ec {@link #EC_CP15}, {@link #EC_CP14} or {@link #EC_CP10_ID}
     */
    public static int registerTransfer(int ec, int opc1, int crn, int crm, int opc2, int t, boolean read) {
        return conditional(ec, opc2 << 17 | opc1 << 14 | crn << 10 | t << 5 | crm << 1 | (read ? 1 : 0));
    }

    /**
     * The syndrome of a trapped MCRR or MRRC.
     *
     * @param ec {@link #EC_CP15_64} or {@link #EC_CP14_64}
     */
    public static int doubleTransfer(int ec, int opc1, int crm, int t, int t2, boolean read) {
        return conditional(ec, opc1 << 16 | t2 << 10 | t << 5 | crm << 1 | (read ? 1 : 0));
    }
}
