package dev.hyptrace.traces.container;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Compresses chunks on threads of its own and appends them to the file in the order in which they came, each as soon as it and
 * those before it are ready. A few are under way at a time; who brings more waits.
 *
 * <p>After a failure nothing more is written: what is in the file stays as it is.
 */
final class ChunkPacker implements Closeable {
    private final FrameOutput output;
    private final ChunkDirectory directory;
    private final Supplier<Zstandard> compressors;
    private final Queue<Zstandard> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;
    private final int most;
    /** Those that are not in the file yet, in its order. Guarded by this. */
    private final Deque<Pending> pending = new ArrayDeque<>();

    private volatile Throwable failure;
    private volatile int hypercalls;

    /** A chunk on its way; it has its frame once it is compressed. */
    private static final class Pending {
        private final CodedChunk chunk;
        private byte[] frame;

        Pending(CodedChunk chunk) {
            this.chunk = chunk;
        }
    }

    /**
     * Threads that compress.
     *
     * @param directory told of each chunk that is in the file
     * @param compressors makes one for each thread
     */
    ChunkPacker(FrameOutput output, ChunkDirectory directory, int count, Supplier<Zstandard> compressors) {
        this.output = output;
        this.directory = directory;
        this.compressors = compressors;
        this.most = 2 * count;
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "htr-packer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the next chunk of the file.
     *
     * @throws IOException when it cannot be written, or one before it could not
     */
    void add(CodedChunk chunk) throws IOException {
        Pending added = new Pending(chunk);
        synchronized (this) {
            waitUntilFewerThan(most);
            pending.add(added);
        }
        threads.execute(() -> pack(added));
    }

    /**
     * Waits until all chunks are in the file.
     *
     * @throws IOException when one could not be written
     */
    synchronized void await() throws IOException {
        waitUntilFewerThan(1);
    }

    /** Why nothing more is written; null as long as all is well. Asked by any thread. */
    Throwable failure() {
        return failure;
    }

    /** How many hypercalls had begun when the last chunk in the file ended. Asked by any thread. */
    int hypercalls() {
        return hypercalls;
    }

    /** Ends the threads. Chunks that are not in the file yet may be lost. */
    @Override
    public void close() {
        threads.shutdown();
        Uninterrupted.run(() -> threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        idle.forEach(Zstandard::close);
        idle.clear();
    }

    private synchronized void waitUntilFewerThan(int count) throws IOException {
        Uninterrupted.run(() -> {
            while (pending.size() >= count && failure == null) {
                wait();
            }
        });
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    private void pack(Pending packed) {
        try {
            if (failure == null) {
                byte[] frame = frame(packed.chunk);
                appendReady(packed, frame);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private byte[] frame(CodedChunk chunk) throws IOException {
        Zstandard taken = idle.poll();
        Zstandard zstandard = taken == null ? compressors.get() : taken;
        try {
            return chunk.toFrame(zstandard);
        } finally {
            idle.add(zstandard);
        }
    }

    private synchronized void appendReady(Pending packed, byte[] frame) throws IOException {
        packed.frame = frame;
        while (failure == null && !pending.isEmpty() && pending.peek().frame != null) {
            Pending first = pending.remove();
            long offset = output.size();
            output.append(first.frame);
            directory.add(first.chunk.place(offset), first.chunk.summary());
            hypercalls = first.chunk.hypercallsAfter();
        }
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        pending.clear();
        notifyAll();
    }
}
