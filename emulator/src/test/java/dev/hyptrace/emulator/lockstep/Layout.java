package dev.hyptrace.emulator.lockstep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Random;

/**
 * Where things lie in the memory of the processor and of QEMU: the same in both, but for the harness, which only QEMU has.
 *
 * <p>PL1 and PL0 translate with Short descriptors, in both security states with the same, Hyp mode with Long ones. Both map a page of code, which may not be
 * written, and two pages of data, the second of which User mode may only read. The exception vectors are mapped, too; QEMU's
 * Hyp mode also maps the harness, in the 256 MiB from {@link #RAM} on, and so does PL1 if there is a Secure world.
 */
final class Layout {
    static final int RAM = 0x4000_0000;
    /** Virtual addresses. */
    static final int VECTORS = 0x5000_0000;

    static final int HYP_VECTORS = VECTORS + 0x20;
    static final int CODE_PAGE = 0x5200_0000;
    static final int CODE = CODE_PAGE + 0x800;
    static final int DATA = 0x5400_0000;
    /** What RFE finds in front of the code: its address and CPSR. */
    static final int LAUNCH = CODE - 8;

    /** How much memory a trial has, in bytes. */
    static final int DATA_SIZE = 0x2000;

    /** Offsets from {@link #RAM}. */
    static final int VECTORS_OFFSET = 0x20_0000;

    static final int CODE_PAGE_OFFSET = 0x20_1000;
    static final int CODE_OFFSET = CODE_PAGE_OFFSET + 0x800;
    static final int DATA_OFFSET = 0x20_2000;
    static final int SHORT_TABLE_OFFSET = 0x21_0000;
    static final int HYP_TABLE_OFFSET = 0x21_5000;
    static final int PRISTINE_OFFSET = 0x22_0000;
    static final int CASES_OFFSET = 0x100_0000;
    static final int RESULTS_OFFSET = 0x600_0000;

    /** UDF in A32; in T32 UDF and a branch to it. */
    static final int FILL = 0xe7fd_def0;

    /** Instructions of the vectors, and where they lead. */
    private static final int VECTOR_COUNT = 8;

    private static final int HVC = 0xe140_0070;
    private static final int BRANCH = 0xea00_0000;
    private static final int MCR_HTPIDR = 0xee8d_0f50;
    private static final int MOV_R0 = 0xe3a0_0000;
    private static final int MCR_PAR = 0xee07_0f14;
    private static final int LDR_PC_NEXT = 0xe51f_f004;
    private static final int TAKEN = 0x4010_0000;
    /** Of the Secure world: all four tables, and how far apart its ways to the harness are. */
    private static final int SECURE_VECTOR_COUNT = 32;

    private static final int LDR_PC_LITERAL = 0xe59f_f000 | 4 * SECURE_VECTOR_COUNT - 8;
    private static final int SECURE_TAKEN = TAKEN + 0x200;
    private static final int ENTRY_SIZE = 16;

    private static final int PAGE = 0x1000;
    private static final int SMALL_PAGES = 0x4000;
    private static final int LEVEL_2 = 0x1000;
    private static final int LEVEL_3 = 0x2000;
    /** Descriptors of small pages: Normal memory, for all; for PL1, and for reading by PL0; executable and read-only. */
    private static final int SHORT_DATA = 0x07f;

    private static final int SHORT_PRIVILEGED = 0x06f;
    private static final int SHORT_CODE = 0x27e;
    /** Long descriptors of the same, and of blocks. */
    private static final long LONG_DATA = 0x743 | 1L << 54;

    private static final long LONG_CODE = 0x7c3;
    private static final long LONG_BLOCK = 0x741;
    private static final int HARNESS_BLOCKS = 128;
    /** Short descriptors of sections for PL1 only. */
    private static final int SHORT_SECTION = 0x40e;

    private static final long DATA_SEED = 0x1234_5678L;

    private final ByteBuffer ram;

    private Layout(ByteBuffer ram) {
        this.ram = ram;
    }

    /**
     * Writes translation tables, code and data into memory.
     *
     * @param ram little-endian, from {@link #RAM} on
     * @param withHarness whether the harness is mapped: in Hyp mode, for the Secure world also in PL1
     */
    static void write(ByteBuffer ram, World world, boolean withHarness) {
        Layout layout = new Layout(ram);
        layout.mapPages();
        for (int i = 0; withHarness && i < HARNESS_BLOCKS; i++) {
            ram.putLong(HYP_TABLE_OFFSET + LEVEL_2 + 8 * i, RAM + ((long) i << 21) | LONG_BLOCK);
        }
        for (int i = 0; withHarness && world == World.SECURE && i < 2 * HARNESS_BLOCKS; i++) {
            int section = RAM + (i << 20);
            ram.putInt(SHORT_TABLE_OFFSET + (section >>> 20) * 4, section | SHORT_SECTION);
        }
        if (world == World.SECURE) {
            layout.writeSecureVectors();
        } else {
            layout.writeVectors();
        }
        for (int i = 0; i < PAGE; i += 4) {
            ram.putInt(CODE_PAGE_OFFSET + i, FILL);
        }
        Random random = new Random(DATA_SEED);
        for (int i = 0; i < DATA_SIZE; i += 4) {
            int word = random.nextInt();
            ram.putInt(DATA_OFFSET + i, word);
            ram.putInt(PRISTINE_OFFSET + i, word);
        }
    }

    /** What {@code lockstep.S} has at the vectors: trials may read it. */
    private void writeVectors() {
        IntBuffer words = ram.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(VECTORS_OFFSET)
                .asIntBuffer();
        for (int i = 0; i < VECTOR_COUNT; i++) {
            words.put(HVC | i);
        }
        for (int i = 0; i < VECTOR_COUNT; i++) {
            words.put(BRANCH | VECTOR_COUNT - 2 + 2 * i);
        }
        for (int i = 0; i < VECTOR_COUNT; i++) {
            words.put(MCR_HTPIDR).put(MOV_R0 | i).put(BRANCH | 3 * (VECTOR_COUNT - 1 - i) - 1 & 0xff_ffff);
        }
        words.put(MCR_PAR).put(LDR_PC_NEXT).put(TAKEN);
    }

    /** Each loads the PC with where {@code lockstep-secure.S} has the entry of its number. */
    private void writeSecureVectors() {
        for (int i = 0; i < SECURE_VECTOR_COUNT; i++) {
            ram.putInt(VECTORS_OFFSET + 4 * i, LDR_PC_LITERAL);
            ram.putInt(VECTORS_OFFSET + 4 * (SECURE_VECTOR_COUNT + i), SECURE_TAKEN + ENTRY_SIZE * i);
        }
    }

    private void mapPages() {
        ram.putLong(HYP_TABLE_OFFSET + 8, RAM + HYP_TABLE_OFFSET + LEVEL_2 | 3);
        map(0, VECTORS, VECTORS_OFFSET, SHORT_CODE, LONG_CODE);
        map(1, CODE_PAGE, CODE_PAGE_OFFSET, SHORT_CODE, LONG_CODE);
        map(2, DATA, DATA_OFFSET, SHORT_DATA, LONG_DATA);
        map(2, DATA + PAGE, DATA_OFFSET + PAGE, SHORT_PRIVILEGED, LONG_DATA);
    }

    /** Maps a page with the tables of this number, which are for the megabyte that it lies in. */
    private void map(int table, int address, int offset, int shortBits, long longBits) {
        int small = SHORT_TABLE_OFFSET + SMALL_PAGES + 0x400 * table;
        ram.putInt(SHORT_TABLE_OFFSET + (address >>> 20) * 4, RAM + small | 1);
        ram.putInt(small + (address >>> 12 & 0xff) * 4, RAM + offset | shortBits);
        int level3 = HYP_TABLE_OFFSET + LEVEL_3 + PAGE * table;
        ram.putLong(HYP_TABLE_OFFSET + LEVEL_2 + (address >>> 21 & 0x1ff) * 8, RAM + level3 | 3);
        ram.putLong(level3 + (address >>> 12 & 0x1ff) * 8, (RAM + offset) | longBits);
    }

    /** Whether an address is the harness's, where the two differ. */
    static boolean isHarness(int address) {
        return address >>> 28 == RAM >>> 28;
    }
}
