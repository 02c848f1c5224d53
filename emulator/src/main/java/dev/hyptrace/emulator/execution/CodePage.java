package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.memory.CachedCode;

/** The blocks that begin in one page of physical memory as seen at one virtual page. */
final class CodePage extends CachedCode {
    private static final int OFFSET = 0xfff;

    final long physicalPage;
    private Block[] arm;
    private Block[] thumb;

    CodePage(int virtualPage, long physicalPage) {
        super(virtualPage);
        this.physicalPage = physicalPage;
        clear();
    }

    /** The block that begins at an address of this page; null when none has been decoded. */
    Block block(int address, boolean isThumb) {
        return isThumb ? thumb[(address & OFFSET) >>> 1] : arm[(address & OFFSET) >>> 2];
    }

    void put(int address, boolean isThumb, Block block) {
        if (isThumb) {
            if (thumb.length == 0) {
                thumb = new Block[(OFFSET + 1) / 2];
            }
            thumb[(address & OFFSET) >>> 1] = block;
        } else {
            arm[(address & OFFSET) >>> 2] = block;
        }
    }

    /** Drops every block, and stops the one that may be running. */
    void invalidate() {
        for (Block[] blocks : new Block[][] {arm, thumb}) {
            for (Block block : blocks) {
                if (block != null) {
                    block.invalidate();
                }
            }
        }
        clear();
    }

    private void clear() {
        arm = new Block[(OFFSET + 1) / 4];
        thumb = new Block[(OFFSET + 1) / 2];
    }
}
