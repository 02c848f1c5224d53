package dev.hyptrace.recorder.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What is compressed with gzip. */
public final class Gzip {
    private static final int MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /**
     * A stream as it is, or what it holds when it begins as gzip does. A header of gzip that is none is said like any other
     * damage: when it is read.
     *
     * @throws IOException when the stream fails
     */
    public static InputStream inflating(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
        bytes.mark(2);
        boolean gzip = (bytes.read() << 8 | bytes.read()) == MAGIC;
        bytes.reset();
        return gzip ? inflated(bytes) : bytes;
    }

    private static InputStream inflated(InputStream in) throws IOException {
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (EOFException | ZipException damaged) {
            return new Damaged(damaged);
        }
    }

    /** Cannot be read. */
    private static final class Damaged extends InputStream {
        private final IOException damage;

        Damaged(IOException damage) {
            this.damage = damage;
        }

        @Override
        public int read() throws IOException {
            throw damage;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            throw damage;
        }

        @Override
        public long skip(long count) throws IOException {
            throw damage;
        }
    }
}
