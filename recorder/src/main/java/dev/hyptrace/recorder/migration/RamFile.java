package dev.hyptrace.recorder.migration;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Set;

/**
 * Puts the greatest block of RAM into a file, a byte of the file for each byte of the block. What was never written takes no room
 * where the file system can do that.
 */
public final class RamFile implements RamSink, Closeable {
    /** More than a processor without LPAE can have in all. */
    private static final long MOST = 1L << 32;

    private final FileChannel channel;
    private final BitSet written = new BitSet();
    private String name = "";
    private long size;

    /**
     * Creates the file.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there and may not be replaced
     */
    public RamFile(Path file, boolean replace) throws IOException {
        channel = FileChannel.open(
                file,
                replace
                        ? Set.of(
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING)
                        : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    /** What QEMU calls the block; empty when there is none. */
    public String name() {
        return name;
    }

    /** The size of the block in bytes. */
    public long size() {
        return size;
    }

    @Override
    public boolean wantsPages() {
        return true;
    }

    @Override
    public void block(String block, long bytes) {
        if (bytes > MOST) {
            throw new IllegalArgumentException(
                    String.format("the block of RAM %s has 0x%x bytes, expected up to 0x%x", block, bytes, MOST));
        }
        if (bytes > size) {
            name = block;
            size = bytes;
        }
    }

    @Override
    public void page(String block, long offset, byte[] bytes) throws IOException {
        if (!block.equals(name)) {
            return;
        }
        if (offset < 0 || offset > size - bytes.length) {
            throw new IllegalArgumentException(
                    String.format("a page at 0x%x of the block of RAM %s, which has 0x%x bytes", offset, block, size));
        }
        int page = (int) (offset / bytes.length);
        if (!written.get(page) && isZero(bytes)) {
            return;
        }
        written.set(page);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (long at = offset; buffer.hasRemaining(); at = offset + buffer.position()) {
            channel.write(buffer, at);
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte value : bytes) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Gives the file its whole size. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (size > 0 && channel.size() < size) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }
}
