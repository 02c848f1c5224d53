package dev.hyptrace.recorder.migration;

import java.io.IOException;

/** Takes the RAM of a migration stream. */
public interface RamSink {
    /** For those who want none of it. */
    RamSink NONE = new RamSink() {
        @Override
        public boolean wantsPages() {
            return false;
        }

        @Override
        public void block(String name, long size) {}

        @Override
        public void page(String block, long offset, byte[] bytes) {}
    };

    /** Whether {@link #page} is to be called. */
    boolean wantsPages();

    /**
     * There is a block of RAM. All blocks are told before the first page.
     *
     * @param size in bytes
     * @throws IllegalArgumentException when there can be no such block
     */
    void block(String name, long size);

    /**
     * The content of a page, which can come more than once: the last one counts. A page that never comes is zero.
     *
     * @param offset in bytes from the start of the block
     * @param bytes used again for the next page
     * @throws IllegalArgumentException when the block has no such page
     * @throws IOException when it cannot be put away
     */
    void page(String block, long offset, byte[] bytes) throws IOException;
}
