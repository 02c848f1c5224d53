package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.memory.CachedCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The blocks that begin in one page of physical memory as seen at one virtual page. */
final class CodePage extends CachedCode {
    private static final int OFFSET = 0xfff;

    final long physicalPage;
    /** Bit n is set when bytes from 64n on, for 64 bytes, have been decoded. */
    private long decoded;

    private final List<Block> blocks = new ArrayList<>();
    private final Block[] arm = new Block[(OFFSET + 1) / 4];
    private final Block[] thumb = new Block[(OFFSET + 1) / 2];

    CodePage(int virtualPage, long physicalPage) {
        super(virtualPage);
        this.physicalPage = physicalPage;
    }

    /** The block that begins at an address of this page; null when none has been decoded. */
    Block block(int address, boolean isThumb) {
        return isThumb ? thumb[(address & OFFSET) >>> 1] : arm[(address & OFFSET) >>> 2];
    }

    void put(int address, boolean isThumb, Block block) {
        mark(address, block.end - address);
        block.page = this;
        blocks.add(block);
        if (isThumb) {
            thumb[(address & OFFSET) >>> 1] = block;
        } else {
            arm[(address & OFFSET) >>> 2] = block;
        }
    }

    /** Whether any of these bytes, all in this page, have been decoded. */
    boolean holds(int offset, int size) {
        return (decoded & granules(offset, size)) != 0;
    }

    private void mark(int address, int size) {
        decoded |= granules(address & OFFSET, size);
    }

    private static long granules(int offset, int size) {
        int first = offset >>> 6;
        int last = offset + size - 1 >>> 6;
        return (-1L << first) & (-1L >>> 63 - last);
    }

    /** Drops every block, and stops the one that may be running. */
    void invalidate() {
        blocks.forEach(Block::invalidate);
        blocks.clear();
        Arrays.fill(arm, null);
        Arrays.fill(thumb, null);
        decoded = 0;
    }
}
