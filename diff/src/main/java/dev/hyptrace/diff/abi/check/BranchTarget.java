package dev.hyptrace.diff.abi.check;

/** Where a branch exchange leads: BXWritePC, DDI 0406C A2.3.1. */
public final class BranchTarget {
    private static final long THUMB = 1;
    private static final long A32_ALIGNMENT = 3;

    private BranchTarget() {}

    /** The address that a value leads to. Bit 1 without bit 0, which is UNPREDICTABLE, is taken to be ignored. */
    public static long of(long value) {
        return value & ~((value & THUMB) != 0 ? THUMB : A32_ALIGNMENT);
    }
}
