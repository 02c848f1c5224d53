package dev.hyptrace.recorder.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A stream that is read on a thread of its own, a few blocks ahead: the disk, and the inflating of what is compressed, need not
 * wait for who reads the lines, nor the other way round. What comes of a read, its end and its failure included, comes in the
 * same order as without.
 *
 * <p>The first {@value #ALONE} bytes are read by the reader itself: a short stream needs no thread. Nor does one processor have
 * any use for it.
 */
final class ReadAheadInput extends InputStream {
    static final int ALONE = 1 << 20;

    private static final int BLOCKS = 8;
    private static final int BLOCK = 1 << 17;

    private final InputStream in;
    private final BlockingQueue<Block> filled = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private long readAlone;
    private Thread thread;
    private Block current;
    private int position;

    /** What one read has given. */
    private static final class Block {
        private final byte[] bytes = new byte[BLOCK];
        /** How many bytes; -1 at the end. */
        private int count;

        private IOException failure;
        private RuntimeException fault;

        /** @return whether the stream may have more */
        boolean fill(InputStream from) {
            count = -1;
            try {
                count = from.read(bytes, 0, BLOCK);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException e) {
                fault = e;
            }
            return count >= 0;
        }
    }

    /** @param in closed with this stream */
    ReadAheadInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (thread == null && readAlone < ALONE) {
            int count = in.read(target, from, length);
            readAlone += Math.max(count, 0);
            return count;
        }
        if (thread == null) {
            start();
        }
        Block block = current();
        if (block.failure != null) {
            throw block.failure;
        }
        if (block.fault != null) {
            throw block.fault;
        }
        if (block.count < 0) {
            return -1;
        }
        int count = Math.min(length, block.count - position);
        System.arraycopy(block.bytes, position, target, from, count);
        position += count;
        return count;
    }

    private void start() {
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new Block());
        }
        thread = new Thread(this::readAll, "read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        try {
            boolean more = true;
            while (more) {
                Block block = empty.take();
                more = block.fill(in);
                filled.put(block);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The block that has the next bytes, or says that there are none. */
    private Block current() throws IOException {
        try {
            while (current == null || position == current.count) {
                if (current != null) {
                    empty.put(current);
                }
                current = filled.take();
                position = 0;
            }
            return current;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (thread != null) {
            thread.interrupt();
        }
        in.close();
    }
}
