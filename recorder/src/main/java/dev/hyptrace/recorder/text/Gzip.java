package dev.hyptrace.recorder.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What is compressed with gzip. */
public final class Gzip {
    private Gzip() {}

    /**
     * What a stream holds. That it begins as no such stream does is said like any other damage: when it is read.
     *
     * @throws IOException when the stream fails
     */
    public static InputStream inflated(InputStream in, int buffer) throws IOException {
        try {
            return new GZIPInputStream(in, buffer);
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
