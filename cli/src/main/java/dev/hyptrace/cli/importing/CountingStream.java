package dev.hyptrace.cli.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are read through it, by whichever thread. */
final class CountingStream extends FilterInputStream {
    private final AtomicLong count = new AtomicLong();

    CountingStream(InputStream in) {
        super(in);
    }

    long count() {
        return count.get();
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count.addAndGet(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count.addAndGet(Math.max(read, 0));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** A pipe cannot tell, and Java then fails: that there may be more is true of it until it is read to its end. */
    @Override
    public int available() {
        try {
            return super.available();
        } catch (IOException notSeekable) {
            return 1;
        }
    }
}
