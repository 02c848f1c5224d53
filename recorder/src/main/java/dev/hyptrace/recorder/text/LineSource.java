package dev.hyptrace.recorder.text;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * The lines of a stream, as ranges of a byte buffer that is used again for the next line.
 *
 * <p>Memory does not depend on the input: of a line longer than {@value #MAX_LINE} bytes only these are kept, the rest is
 * counted and skipped. A line ends at a line feed; a carriage return before it is not part of the line.
 */
public final class LineSource implements Closeable {
    /** Four times the longest line that QEMU writes with a symbol of 4 KiB; a register line has 51 bytes. */
    public static final int MAX_LINE = 16 * 1024;

    private static final int BUFFER = 256 * 1024;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LINE_FEEDS = '\n' * LOW_BITS;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    private boolean ended;
    private String damage;

    private int start;
    private int end;
    private long length;
    private boolean terminated;
    private long lines;
    private long bytes;

    public LineSource(InputStream in) {
        this.in = in;
    }

    /** The lines of the stream, or of what it holds when it begins as gzip does. */
    public static LineSource inflating(InputStream in) throws IOException {
        InputStream plain = Gzip.inflating(in);
        boolean isWorthAThread = Runtime.getRuntime().availableProcessors() > 1;
        return new LineSource(isWorthAThread ? new ReadAheadInput(plain) : plain);
    }

    /**
     * Goes to the next line.
     *
     * @return false after the last one
     */
    public boolean advance() throws IOException {
        int feed = indexOfLineFeed(next, limit);
        if (feed >= 0) {
            take(next, feed, feed - next, true);
            next = feed + 1;
            return true;
        }
        return advanceAcrossBuffer();
    }

    /** The bytes that hold the line from {@link #start} to {@link #end}; overwritten by the next {@link #advance}. */
    public byte[] buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** The number of the line, from 1. */
    public long line() {
        return lines;
    }

    /** The bytes of the line in the input, without its end: more than are kept when it is too long. */
    public long length() {
        return length;
    }

    public boolean isTooLong() {
        return length > MAX_LINE;
    }

    /** Whether the line has an end; only the last line of a stream can be without. */
    public boolean isTerminated() {
        return terminated;
    }

    /** The bytes of all lines so far, with their ends. */
    public long bytes() {
        return bytes;
    }

    /** Why the stream could not be read to its end; null when it could, or has not been read to there. */
    public String damage() {
        return damage;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean advanceAcrossBuffer() throws IOException {
        while (true) {
            int searched = limit - next;
            if (searched > MAX_LINE) {
                return takeTooLong();
            }
            if (!fill()) {
                return takeRest();
            }
            int feed = indexOfLineFeed(next + searched, limit);
            if (feed >= 0) {
                take(next, feed, feed - next, true);
                next = feed + 1;
                return true;
            }
        }
    }

    private boolean takeRest() {
        if (next == limit) {
            return false;
        }
        take(next, limit, limit - next, false);
        next = limit;
        return true;
    }

    /** Keeps the head of the line at the start of the buffer and reads the rest of it into the space behind. */
    private boolean takeTooLong() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, MAX_LINE);
        long skipped = (long) limit - next;
        int feed = -1;
        limit = MAX_LINE;
        next = MAX_LINE;
        while (feed < 0) {
            limit = MAX_LINE;
            if (!fillFrom(MAX_LINE)) {
                break;
            }
            feed = indexOfLineFeed(MAX_LINE, limit);
            skipped += (feed < 0 ? limit : feed) - MAX_LINE;
        }
        next = feed < 0 ? limit : feed + 1;
        take(0, MAX_LINE, skipped, feed >= 0);
        return true;
    }

    private void take(int from, int to, long size, boolean withEnd) {
        start = from;
        end = to > from && withEnd && size == to - from && buffer[to - 1] == '\r' ? to - 1 : to;
        length = size;
        terminated = withEnd;
        lines++;
        bytes += size + (withEnd ? 1 : 0);
    }

    /** Moves what is unread to the start of the buffer and reads more behind it. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        next = 0;
        return fillFrom(limit);
    }

    private boolean fillFrom(int position) throws IOException {
        if (ended) {
            return false;
        }
        int count = read(position);
        ended = count < 0;
        limit = position + Math.max(count, 0);
        return count >= 0;
    }

    /** A compressed stream that breaks off is damaged input, not a failing disk: what came before it stands. */
    private int read(int position) throws IOException {
        try {
            return in.read(buffer, position, BUFFER - position);
        } catch (EOFException | ZipException broken) {
            damage = "the compressed data is damaged here (" + broken.getMessage() + ")";
            return -1;
        }
    }

    /** Looks at eight bytes at a time: a byte is zero after the exclusive or when it is a line feed. */
    private int indexOfLineFeed(int from, int to) {
        int position = from;
        for (; position <= to - 8; position += 8) {
            long word = (long) LONG.get(buffer, position) ^ LINE_FEEDS;
            long zeros = (word - LOW_BITS) & ~word & HIGH_BITS;
            if (zeros != 0) {
                return position + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; position < to; position++) {
            if (buffer[position] == '\n') {
                return position;
            }
        }
        return -1;
    }

    /** The start of a line as text: printable characters of ASCII, and {@code \xNN} for the rest. */
    public static String printable(byte[] line, int from, int to, int most) {
        StringBuilder text = new StringBuilder();
        int end = Math.min(to, from + most);
        for (int i = from; i < end; i++) {
            char character = (char) (line[i] & 0xff);
            if (character >= ' ' && character < 0x7f || character == '\t') {
                text.append(character);
            } else {
                text.append("\\x")
                        .append(Character.forDigit(character >> 4, 16))
                        .append(Character.forDigit(character & 0xf, 16));
            }
        }
        return end < to ? text.append("...").toString() : text.toString();
    }
}
