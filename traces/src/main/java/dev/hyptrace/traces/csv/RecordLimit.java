package dev.hyptrace.traces.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** The characters of a table: refuses a row that is too long, before a parser has taken all of it into memory. */
public final class RecordLimit extends FilterReader {
    /** In characters: more than a hypercall with every register at all three points can have. */
    public static final int MAX_RECORD = 1 << 20;

    private long left = MAX_RECORD;

    public RecordLimit(Reader in) {
        super(in);
    }

    /** A row ended: the next may have as many characters again. */
    public void recordEnded() {
        left = MAX_RECORD;
    }

    boolean isExceeded() {
        return left < 0;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(c < 0 ? 0 : 1);
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int characters) throws IOException {
        left -= characters;
        if (left < 0) {
            throw new IOException("a row has more than " + MAX_RECORD + " characters");
        }
    }
}
