package dev.hyptrace.traces.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.util.Arrays;

/** Makes Zstandard frames at one level, and decodes frames whose decoded size is known and bounded. */
final class Zstandard implements Closeable {
    /** Below this size a frame's own head costs more than it saves. */
    private static final int WORTH_COMPRESSING = 24;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] scratch = new byte[0];

    Zstandard(int level) {
        context.setLevel(level).setContentSize(false).setChecksum(false);
    }

    /**
     * The shorter of the bytes themselves and a frame that holds them.
     *
     * @return as many bytes as {@code size} when they are stored as they are, fewer for a frame
     */
    byte[] compress(byte[] bytes, int size) {
        if (size >= WORTH_COMPRESSING) {
            int bound = (int) Zstd.compressBound(size);
            scratch = scratch.length < bound ? new byte[bound] : scratch;
            int length = context.compressByteArray(scratch, 0, bound, bytes, 0, size);
            if (length < size) {
                return Arrays.copyOf(scratch, length);
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    /**
     * What {@link #compress} was given.
     *
     * @param size how many bytes that was; the caller has bounded it
     * @throws CorruptChunkException when it is not that many
     */
    static byte[] decompress(byte[] stored, int size) throws CorruptChunkException {
        if (stored.length == size) {
            return stored;
        }
        if (stored.length > size) {
            throw new CorruptChunkException(size + " bytes are stored in " + stored.length);
        }
        byte[] bytes = new byte[size];
        try {
            long length = Zstd.decompressByteArray(bytes, 0, size, stored, 0, stored.length);
            if (length != size) {
                throw new CorruptChunkException("a Zstandard frame does not hold the " + size + " bytes expected");
            }
            return bytes;
        } catch (ZstdException e) {
            throw new CorruptChunkException("a Zstandard frame does not decode: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
