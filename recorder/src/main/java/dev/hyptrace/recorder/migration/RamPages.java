package dev.hyptrace.recorder.migration;

import java.io.IOException;
import java.util.Arrays;

/** The content of a part of the section of RAM. */
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
    private final RamSink sink;
    private String block = "";

    RamPages(StreamBytes bytes, RamSink sink) {
        this.bytes = bytes;
        this.sink = sink;
    }

    void read(int pageSize) throws IOException {
        byte[] page = new byte[pageSize];
        int flags = 0;
        while (flags != END) {
            long word = bytes.u64("a page of RAM");
            flags = (int) (word & FLAGS);
            if ((flags & (ZERO | PAGE | XBZRLE | COMPRESSED)) != 0 && (flags & CONTINUE) == 0) {
                block = bytes.name("the name of a block of RAM");
            }
            switch (flags & ~CONTINUE) {
                case ZERO -> {
                    Arrays.fill(page, (byte) bytes.u8("a page of RAM"));
                    give(word & ~FLAGS, page);
                }
                case MEM_SIZE -> blocks(word & ~FLAGS);
                case PAGE -> whole(word & ~FLAGS, page);
                case XBZRLE -> {
                    refuse("as a difference to the page before (xbzrle)");
                    bytes.u8("a page of RAM");
                    bytes.skip(bytes.u16("a page of RAM"), "a page of RAM");
                }
                case COMPRESSED -> {
                    refuse("that is compressed");
                    bytes.skip(Integer.toUnsignedLong(bytes.u32("a page of RAM")), "a page of RAM");
                }
                case END, SYNCHRONISE -> {}
                default ->
                    throw bytes.error(String.format("a page of RAM with the flags 0x%x, which are not known", flags));
            }
        }
    }

    private void whole(long offset, byte[] page) throws IOException {
        if (sink.wantsPages()) {
            bytes.fill(page, "a page of RAM");
            give(offset, page);
        } else {
            bytes.skip(page.length, "a page of RAM");
        }
    }

    private void give(long offset, byte[] page) throws IOException {
        if (!sink.wantsPages()) {
            return;
        }
        try {
            sink.page(block, offset, page);
        } catch (IllegalArgumentException e) {
            throw bytes.error(e.getMessage());
        }
    }

    private void refuse(String how) throws IOException {
        if (sink.wantsPages()) {
            throw bytes.error(
                    "a page of RAM " + how + ", whose content is not read: make the stream without that capability");
        }
    }

    /** Names and sizes, up to the size of all. */
    private void blocks(long total) throws IOException {
        long left = total;
        while (left > 0) {
            String name = bytes.name("the name of a block of RAM");
            long size = bytes.u64("the size of a block of RAM");
            if (size <= 0 || size > left) {
                throw bytes.error(String.format("a block of RAM of 0x%x bytes, expected up to 0x%x", size, left));
            }
            try {
                sink.block(name, size);
            } catch (IllegalArgumentException e) {
                throw bytes.error(e.getMessage());
            }
            left -= size;
        }
    }
}
