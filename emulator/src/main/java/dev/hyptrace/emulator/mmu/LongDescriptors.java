package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Fault;

/**
 * The Long-descriptor translation table format: DDI 0406C B3.6.
 *
 * <pre>
 *  63  62..61   60     59        54  53  52     39..12    11 10 9..8  7 6   5   4..2  1 0
 *  NS APTable XNTable PXNTable | XN PXN contig | output | nG AF  SH  AP[2:1] NS Attr type
 *   type: x0 invalid; 01 block at levels 1 and 2; 11 table at levels 1 and 2, page at level 3
 *   stage 2: [7:6] HAP (bit 0 read, bit 1 write), XN as in stage 1
 * </pre>
 */
final class LongDescriptors {
    private static final long OUTPUT = 0xff_ffff_f000L;
    private static final long XN = 1L << 54;
    private static final long PXN = 1L << 53;
    private static final long NS = 1L << 5;
    /** NSTable and NS of Secure regimes. */
    private static final int NS_TABLE = 1 << 4;

    private static final long ACCESS_FLAG = 1L << 10;
    private static final long NOT_GLOBAL = 1L << 11;

    private LongDescriptors() {}

    /**
     * What to walk.
     *
     * @param base the translation table base register, all 64 bits
     * @param inputBits the size of the input address in bits, from 25 to 40
     * @param startLevel the level of the first lookup, 1 or 2
     * @param stage2 whether this is a stage 2 translation
     * @param hyp whether it is the PL2 regime, which has no PL0 and no PXN
     * @param control SCTLR or HSCTLR, for WXN and UWXN
     * @param mair the memory attribute indirection registers, MAIR1 or HMAIR1 in the upper half
     */
    record Tables(long base, int inputBits, int startLevel, boolean stage2, boolean hyp, int control, long mair) {}

    /** Walks the tables for an input address that lies within the regime's range. */
    static Translation walk(TableReader reader, Tables tables, long address, Access access) {
        int level = tables.startLevel;
        long table = tableBase(tables);
        int tableAttributes = 0;
        while (true) {
            int shift = 39 - 9 * level;
            long index = level == tables.startLevel
                    ? (address & (1L << tables.inputBits) - 1) >>> shift
                    : address >>> shift & 0x1ff;
            long descriptor = reader.read(table + index * 8, 8, level);
            int type = (int) descriptor & 3;
            if ((type & 1) == 0 || type == 1 && level == 3) {
                throw TranslationFault.of(Fault.Type.TRANSLATION, level);
            }
            if (type == 1 || level == 3) {
                long offset = (1L << shift) - 1;
                long output = descriptor & OUTPUT & ~offset | address & offset;
                return leaf(tables, descriptor, output, level, tableAttributes, access);
            }
            tableAttributes |= (int) (descriptor >>> 59);
            table = descriptor & OUTPUT | ((tableAttributes & NS_TABLE) != 0 ? TableReader.NON_SECURE : 0);
            level++;
        }
    }

    /** The base register without the bits below the size of the first table. */
    private static long tableBase(Tables tables) {
        int indexBits = tables.inputBits - (39 - 9 * tables.startLevel);
        long alignment = 1L << Math.max(indexBits + 3, 3);
        return tables.base & 0xff_ffff_ffffL & -alignment;
    }

    private static Translation leaf(
            Tables tables, long descriptor, long output, int level, int tableAttributes, Access access) {
        if ((descriptor & ACCESS_FLAG) == 0) {
            throw TranslationFault.of(Fault.Type.ACCESS_FLAG, level);
        }
        int shareability = (int) (descriptor >>> 8) & 3;
        if (tables.stage2) {
            Attributes attributes = Attributes.ofStage2((int) (descriptor >>> 2) & 0xf, shareability);
            return Translation.longFormat(output, stage2Rights(descriptor), attributes, level);
        }
        int index = (int) (descriptor >>> 2) & 7;
        Attributes attributes = new Attributes((int) (tables.mair >>> 8 * index) & 0xff, shareability);
        boolean nonSecure = (descriptor & NS) != 0 || (tableAttributes & NS_TABLE) != 0;
        return Translation.longFormat(output, rights(tables, descriptor, tableAttributes, access), attributes, level)
                .withNonSecure(nonSecure)
                .withGlobal(tables.hyp || (descriptor & NOT_GLOBAL) == 0);
    }

    private static Rights stage2Rights(long descriptor) {
        boolean read = (descriptor & 1 << 6) != 0;
        boolean write = (descriptor & 1 << 7) != 0;
        return new Rights(read, write, read, write, (descriptor & XN) != 0, false);
    }

    /** APTable[1] forbids writes, APTable[0] forbids PL0: bits 62 and 61, here 3 and 2. */
    private static Rights rights(Tables tables, long descriptor, int tableAttributes, Access access) {
        boolean write = (descriptor & 1 << 7) == 0 && (tableAttributes & 8) == 0;
        boolean user = !tables.hyp && (descriptor & 1 << 6) != 0 && (tableAttributes & 4) == 0;
        boolean xn = (descriptor & XN) != 0 || (tableAttributes & 2) != 0;
        boolean pxn = !tables.hyp && ((descriptor & PXN) != 0 || (tableAttributes & 1) != 0);
        boolean never = Wxn.executeNever(tables.control, xn, write, user && write, access.privileged());
        return new Rights(true, write, user, user && write, never, pxn);
    }
}
