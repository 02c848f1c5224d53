package dev.hyptrace.emulator.exception;

import dev.hyptrace.emulator.core.Fault;

/** Fault status codes: DDI 0406C B3.13.3 "Fault reporting in PL1 modes" and B3.13.5 "Fault reporting in PL2 mode". */
public final class FaultStatus {
    /** DFSR.WnR. */
    static final int WRITE = 1 << 11;

    /** DFSR.CM. */
    static final int MAINTENANCE = 1 << 13;

    private static final int LPAE = 1 << 9;

    private FaultStatus() {}

    /** DFSR or IFSR, without WnR, in the format that TTBCR.EAE selects. */
    static int of(Fault fault, boolean extendedAddresses) {
        return extendedAddresses ? LPAE | longFormat(fault) : shortFormat(fault);
    }

    /** PAR after an address translation operation that faulted: F, FS or FST, and for the long format LPAE and the stage. */
    public static long par(Fault fault, boolean longForm) {
        if (longForm) {
            long stage2 = (fault.stage2() ? 1 << 9 : 0) | (fault.onTableWalk() ? 1 << 8 : 0);
            return 1L << 11 | stage2 | (long) longFormat(fault) << 1 | 1;
        }
        return (shortFormat(fault) & 0xfL) << 1 | 1;
    }

    /** The status code of the Long-descriptor format, which HSR uses too: 6 bits. */
    static int longFormat(Fault fault) {
        return switch (fault.type()) {
            case TRANSLATION -> 0x04 + fault.level();
            case ACCESS_FLAG -> 0x08 + fault.level();
            case PERMISSION -> 0x0c + fault.level();
            case SYNCHRONOUS_EXTERNAL -> 0x10;
            case EXTERNAL_ON_TABLE_WALK -> 0x14 + fault.level();
            case ALIGNMENT -> 0x21;
            case DEBUG -> 0x22;
            case DOMAIN -> 0x3c + fault.level();
        };
    }

    /** FS[4] in bit 10, the domain in bits [7:4], FS[3:0]. */
    private static int shortFormat(Fault fault) {
        boolean section = fault.level() == 1;
        int status =
                switch (fault.type()) {
                    case ALIGNMENT -> 0x1;
                    case DEBUG -> 0x2;
                    case ACCESS_FLAG -> section ? 0x3 : 0x6;
                    case TRANSLATION -> section ? 0x5 : 0x7;
                    case SYNCHRONOUS_EXTERNAL -> 0x8;
                    case DOMAIN -> section ? 0x9 : 0xb;
                    case EXTERNAL_ON_TABLE_WALK -> section ? 0xc : 0xe;
                    case PERMISSION -> section ? 0xd : 0xf;
                };
        return fault.domain() << 4 | status;
    }
}
