package dev.hyptrace.emulator.memory;

import java.util.Arrays;

/**
 * The translations of one regime and privilege that lead to RAM: a direct-mapped table for reads, one for writes.
 *
 * <p>An entry is {@code virtual page << 32 | addend}: the RAM offset of a virtual address in that page is the address plus
 * the addend. A lookup compares the entry's upper half with the address of which the low bits below the access size are
 * kept, so that one comparison also turns misaligned accesses away. Devices, pages that hold predecoded code (for writes)
 * and big-endian data are never entered: what misses here takes the slow path, which knows everything.
 */
public final class Tlb {
    private static final int BITS = 10;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;
    private static final int PAGE_SHIFT = 12;

    /** Cannot equal any masked address: the low bits of a page address are zero. */
    private static final long EMPTY = -1L;

    private final long[] read = new long[SIZE];
    private final long[] write = new long[SIZE];
    private final CachedCode[] code = new CachedCode[SIZE];

    /** Whether nothing has been entered since all was forgotten, so that forgetting it again costs nothing. */
    private boolean empty;

    private boolean closed;

    public Tlb() {
        clear();
    }

    /** The entry in which a read of the virtual address may be found. */
    public long readEntry(int address) {
        return read[address >>> PAGE_SHIFT & MASK];
    }

    /** The entry in which a write to the virtual address may be found. */
    public long writeEntry(int address) {
        return write[address >>> PAGE_SHIFT & MASK];
    }

    /** Enters the page of a virtual address for reading. */
    public void enterRead(int address, int ramOffset) {
        if (closed) {
            return;
        }
        empty = false;
        read[address >>> PAGE_SHIFT & MASK] = entry(address, ramOffset);
    }

    /** Enters the page of a virtual address for writing. */
    public void enterWrite(int address, int ramOffset) {
        if (closed) {
            return;
        }
        empty = false;
        write[address >>> PAGE_SHIFT & MASK] = entry(address, ramOffset);
    }

    /** The predecoded code of the page of a virtual address, or null when it is not here. */
    public CachedCode code(int address) {
        CachedCode found = code[address >>> PAGE_SHIFT & MASK];
        return found != null && (found.virtualPage() ^ address) >>> PAGE_SHIFT == 0 ? found : null;
    }

    /** Enters the predecoded code of a page for instruction fetch. */
    public void enterCode(CachedCode page) {
        if (closed) {
            return;
        }
        empty = false;
        code[page.virtualPage() >>> PAGE_SHIFT & MASK] = page;
    }

    /** Forgets everything, and enters nothing any more: each access then takes the slow path. */
    public void close() {
        clear();
        closed = true;
    }

    /** Forgets everything. */
    public void clear() {
        if (!empty) {
            Arrays.fill(code, null);
            Arrays.fill(read, EMPTY);
            Arrays.fill(write, EMPTY);
            empty = true;
        }
    }

    /** Forgets the permission to write to any page: after a page has come to hold code. */
    public void clearWrites() {
        if (!empty) {
            Arrays.fill(write, EMPTY);
        }
    }

    private static long entry(int address, int ramOffset) {
        long page = address & 0xffff_f000L;
        return page << 32 | ramOffset - address & 0xffff_ffffL;
    }
}
