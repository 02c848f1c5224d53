package dev.hyptrace.traces.container;

import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes a {@code .htr} file.
 *
 * <p>The file has its final name from the start and only grows. What was {@link #flush flushed} can be read by others, and
 * is there if this process is killed; {@link #close} adds the index. An event is either accepted as a whole or refused.
 *
 * <p>Events are coded by a thread of the writer's own, and compressed and written by others, while its user goes on to make the
 * next ones. That a disk is full is therefore told by one of the next calls, at the latest by {@link #flush} or {@link #close}.
 * What is in the file does not depend on how many threads there are. A writer is used by one thread.
 */
public final class TraceWriter implements StepSink, Flushable, Closeable {
    /** How many batches wait at most. */
    private static final int WAITING = 64;

    private final ChunkWriter chunks;
    private final BlockingQueue<EventBatch> queue = new ArrayBlockingQueue<>(WAITING);
    /** Rows that are coded. */
    private final Queue<StepRows> coded = new ArrayBlockingQueue<>(WAITING);

    private volatile Throwable failure;

    private EventBatch batch = new EventBatch();
    private long events;
    private long steps;
    private boolean open = true;

    /**
     * How to write.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param chunkEvents how many events a chunk has at most, 1 to 2<sup>20</sup>: more make the file smaller, fewer make it
     *     faster to look into and lose less when the writer is killed
     * @param compressionLevel of Zstandard, 1 to 22
     * @param compressors how many threads compress, 1 to 16
     * @param use what instructions do, for the summaries by which a reader finds who wrote or read a register
     */
    public record Options(
            boolean overwrite, int chunkEvents, int compressionLevel, int compressors, InstructionUse use) {
        /** The most events that a chunk may have. */
        public static final int MAX_CHUNK_EVENTS = 1 << 20;

        private static final int FAST_LEVEL = 2;

        /** More would wait for the thread that codes. */
        private static final int MOST_COMPRESSORS = 4;

        public Options {
            if (chunkEvents < 1 || chunkEvents > MAX_CHUNK_EVENTS || compressionLevel < 1 || compressionLevel > 22) {
                throw new IllegalArgumentException("chunks of " + chunkEvents + " events at level " + compressionLevel
                        + ", expected 1 to " + MAX_CHUNK_EVENTS + " at level 1 to 22");
            }
            if (compressors < 1 || compressors > 16) {
                throw new IllegalArgumentException(compressors + " threads that compress, expected 1 to 16");
            }
        }

        /** Never replaces a file; chunks of 32768 events: greater ones were no smaller in sum, and slower to look into. */
        public static Options standard() {
            int compressors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_COMPRESSORS);
            return new Options(false, 1 << 15, 6, compressors, InstructionUse.UNKNOWN);
        }

        public Options overwriting() {
            return new Options(true, chunkEvents, compressionLevel, compressors, use);
        }

        /** With chunks of at most so many events. */
        public Options withChunks(int most) {
            return new Options(overwrite, most, compressionLevel, compressors, use);
        }

        /**
         * Compressing less, so as not to hold up who makes millions of steps in a second: a third of the work of
         * {@link #standard}, or less, for a file that is a twentieth to a ninth longer.
         */
        public Options fast() {
            return new Options(overwrite, chunkEvents, FAST_LEVEL, compressors, use);
        }

        public Options withCompressors(int threads) {
            return new Options(overwrite, chunkEvents, compressionLevel, threads, use);
        }

        public Options withUse(InstructionUse known) {
            return new Options(overwrite, chunkEvents, compressionLevel, compressors, known);
        }
    }

    private TraceWriter(ChunkWriter chunks) {
        this.chunks = chunks;
    }

    /** As {@link #create(Path, TraceHeader, Options)} with {@link Options#standard}. */
    public static TraceWriter create(Path file, TraceHeader header) throws IOException {
        return create(file, header, Options.standard());
    }

    /**
     * Creates the file and writes its header.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there and may not be replaced
     */
    public static TraceWriter create(Path file, TraceHeader header, Options options) throws IOException {
        Set<StandardOpenOption> how = options.overwrite()
                ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
                : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        ChunkWriter chunks = new ChunkWriter(FileChannel.open(file, how), options);
        try {
            chunks.writeHeader(header);
        } catch (IOException e) {
            chunks.close();
            throw withoutFile(file, options, e);
        }
        return start(chunks);
    }

    /** @param chunks with its header */
    static TraceWriter start(ChunkWriter chunks) {
        TraceWriter writer = new TraceWriter(chunks);
        Thread thread = new Thread(writer::codeBatches, "htr-writer");
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    /** What to throw when not even the header could be written: a new file without one is of no use and only in the way. */
    private static IOException withoutFile(Path file, Options options, IOException e) throws IOException {
        if (!options.overwrite()) {
            Files.deleteIfExists(file);
        }
        IOException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }

    /** @throws IllegalArgumentException when the format has no room for the event, which is then not in the file */
    @Override
    public void accept(Event event) throws IOException {
        checkOpen();
        ChunkEncoder.check(event);
        events++;
        steps += event instanceof Event.Step ? 1 : 0;
        if (batch.add(event, ChunkEncoder.textLength(event))) {
            send(EventBatch.Request.NONE);
            checkFailure();
        }
    }

    @Override
    public StepRows rows(int cpu, List<Register> registers) {
        StepRows again = coded.poll();
        if (again == null) {
            return new StepRows(cpu, registers);
        }
        again.reuse(cpu, registers);
        return again;
    }

    @Override
    public void accept(StepRows rows) throws IOException {
        checkOpen();
        events += rows.size();
        steps += rows.size();
        batch.add(rows);
        send(EventBatch.Request.NONE);
        checkFailure();
    }

    /** How many events were accepted. */
    public long events() {
        return events;
    }

    /** How many of them were steps. */
    public long steps() {
        return steps;
    }

    /** How many hypercalls have begun, as of the last {@link #flush} or {@link #close}. */
    public int hypercalls() {
        return chunks.hypercalls();
    }

    /** The size of the file. */
    public long bytes() {
        return chunks.bytes();
    }

    /** Makes what was accepted readable, by ending the current chunk. */
    @Override
    public void flush() throws IOException {
        if (open) {
            await(send(EventBatch.Request.FLUSH));
            checkFailure();
        }
    }

    /** Flushes and writes the index. */
    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try {
            await(send(EventBatch.Request.FINISH));
            checkFailure();
        } finally {
            chunks.close();
        }
    }

    private void checkOpen() throws IOException {
        if (!open) {
            throw new IOException("the trace is closed");
        }
    }

    private void checkFailure() throws IOException {
        Throwable known = failure();
        if (known instanceof IOException cause) {
            throw new IOException(cause.getMessage(), cause);
        }
        if (known != null) {
            throw new IllegalStateException("the writer of the trace has failed", known);
        }
    }

    private Throwable failure() {
        return failure == null ? chunks.failure() : failure;
    }

    private EventBatch send(EventBatch.Request request) {
        EventBatch sent = batch.with(request);
        batch = new EventBatch();
        Uninterrupted.run(() -> queue.put(sent));
        return sent;
    }

    private static void await(EventBatch sent) {
        Uninterrupted.run(sent::await);
    }

    private void codeBatches() {
        EventBatch[] taken = new EventBatch[1];
        do {
            Uninterrupted.run(() -> taken[0] = queue.take());
            code(taken[0]);
            taken[0].isDone();
        } while (!taken[0].request().endsFile());
    }

    /** After a failure nothing more is written: what is in the file stays as it is. */
    private void code(EventBatch taken) {
        try {
            for (int i = 0; i < taken.count() && failure() == null; i++) {
                chunks.accept(taken.event(i));
            }
            if (failure() == null && taken.steps() != null) {
                chunks.accept(taken.steps());
                coded.offer(taken.steps());
            }
            if (failure() == null && taken.request() == EventBatch.Request.FLUSH) {
                chunks.flush();
            } else if (failure() == null && taken.request() == EventBatch.Request.FINISH) {
                chunks.finish();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }
}
