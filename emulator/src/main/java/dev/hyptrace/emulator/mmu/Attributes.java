package dev.hyptrace.emulator.mmu;

/**
 * Memory attributes as PAR reports them in its 64-bit format: DDI 0406C B4.1 "PAR, Physical Address Register". They have
 * no effect in this machine, which has no caches.
 *
 * @param type ATTR: a byte as in MAIR0 and MAIR1
 * @param shareability SH: 0 non-shareable, 2 outer shareable, 3 inner shareable
 */
record Attributes(int type, int shareability) {
    /** Strongly-ordered memory, and what QEMU says of all translations in the Short-descriptor format. */
    static final Attributes STRONGLY_ORDERED = new Attributes(0, 0);

    /** Normal memory, write-back, as HCR.DC makes it. */
    static final Attributes DEFAULT_CACHEABLE = new Attributes(0xff, 0);

    private static final int OUTER_SHAREABLE = 2;
    private static final int INNER_SHAREABLE = 3;
    private static final int NON_CACHEABLE = 0x44;
    private static final int READ_AND_WRITE_ALLOCATE = 3;

    /**
     * Those of stage 2.
     *
     * @param memAttr MemAttr[3:0] of a stage 2 descriptor
     */
    static Attributes ofStage2(int memAttr, int shareability) {
        int outer = memAttr >>> 2;
        int inner = memAttr & 3;
        int type = outer == 0 ? inner << 2 : cacheability(outer) << 4 | cacheability(inner);
        return new Attributes(type, shareability);
    }

    /** A nibble of MAIR for 1, non-cacheable, 2, write-through, or 3, write-back. */
    private static int cacheability(int code) {
        return code == 1 ? code << 2 : code << 2 | READ_AND_WRITE_ALLOCATE;
    }

    /** The attributes of both stages combined: B3.7.2 "Combining memory attributes". */
    Attributes with(Attributes stage2) {
        boolean device = (type & 0xf0) == 0 || (stage2.type & 0xf0) == 0;
        int combined = device ? combinedDevice(stage2) : combinedNormal(stage2);
        boolean outer = (combined & 0xf0) == 0 || combined == NON_CACHEABLE;
        return new Attributes(combined, outer ? OUTER_SHAREABLE : combinedShareability(stage2));
    }

    private int combinedShareability(Attributes stage2) {
        if (shareability == OUTER_SHAREABLE || stage2.shareability == OUTER_SHAREABLE) {
            return OUTER_SHAREABLE;
        }
        return shareability == INNER_SHAREABLE || stage2.shareability == INNER_SHAREABLE ? INNER_SHAREABLE : 0;
    }

    /** Strongly-ordered before Device; what is less ordered comes with later architectures. */
    private int combinedDevice(Attributes stage2) {
        int low = type & 0xf;
        int stage2Low = stage2.type & 0xf;
        for (int kind : new int[] {0, 4, 8}) {
            if (low == kind || stage2Low == kind) {
                return kind;
            }
        }
        return 0xc;
    }

    private int combinedNormal(Attributes stage2) {
        return combinedNibble(type >>> 4, stage2.type >>> 4) << 4 | combinedNibble(type & 0xf, stage2.type & 0xf);
    }

    /** Non-cacheable before write-through before write-back; allocation hints are those of stage 1. */
    private static int combinedNibble(int first, int second) {
        if (first == 4 || second == 4) {
            return 4;
        }
        boolean writeThrough = first >>> 2 == 0 || first >>> 2 == 2;
        return !writeThrough && second >>> 2 == 2 ? 2 << 2 | first & 3 : first;
    }
}
