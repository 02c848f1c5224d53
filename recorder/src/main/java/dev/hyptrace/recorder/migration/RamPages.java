package dev.hyptrace.recorder.migration;

import java.io.IOException;

/** The content of a part of the section of RAM, which is passed over. */
final class RamPages {
    private static final int ZERO = 0x02;
    private static final int MEM_SIZE = 0x04;
    private static final int PAGE = 0x08;
    private static final int END = 0x10;
    private static final int CONTINUE = 0x20;
    private static final int XBZRLE = 0x40;
    private static final int COMPRESSED = 0x100;
    private static final int SYNCHRONISE = 0x200;
    private static final long FLAGS = 0x3ff;

    private final StreamBytes bytes;

    RamPages(StreamBytes bytes) {
        this.bytes = bytes;
    }

    void skip(int pageSize) throws IOException {
        int flags = 0;
        while (flags != END) {
            long word = bytes.u64("a page of RAM");
            flags = (int) (word & FLAGS);
            if ((flags & (ZERO | PAGE | XBZRLE | COMPRESSED)) != 0 && (flags & CONTINUE) == 0) {
                bytes.name("the name of a block of RAM");
            }
            switch (flags & ~CONTINUE) {
                case ZERO -> bytes.u8("a page of RAM");
                case MEM_SIZE -> blocks(word & ~FLAGS);
                case PAGE -> bytes.skip(pageSize, "a page of RAM");
                case XBZRLE -> {
                    bytes.u8("a page of RAM");
                    bytes.skip(bytes.u16("a page of RAM"), "a page of RAM");
                }
                case COMPRESSED -> bytes.skip(Integer.toUnsignedLong(bytes.u32("a page of RAM")), "a page of RAM");
                case END, SYNCHRONISE -> {}
                default ->
                    throw bytes.error(String.format("a page of RAM with the flags 0x%x, which are not known", flags));
            }
        }
    }

    /** Names and sizes, up to the size of all. */
    private void blocks(long total) throws IOException {
        long left = total;
        while (left > 0) {
            bytes.name("the name of a block of RAM");
            long size = bytes.u64("the size of a block of RAM");
            if (size <= 0 || size > left) {
                throw bytes.error(String.format("a block of RAM of 0x%x bytes, expected up to 0x%x", size, left));
            }
            left -= size;
        }
    }
}
