package dev.hyptrace.traces.container;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Reads from another reader on a thread of its own, some events further than it is asked for, so that they are decoded while
 * those before them are looked at. The first ones are read without such a thread: a short recording has no use for it, nor has
 * a machine with one processor.
 *
 * <p>It gives the same events and, at the same place, the same exception as the other reader.
 */
final class ReadAhead implements EventReader {
    /** How many events are read without a thread. */
    private static final int ALONE = 4096;

    private static final int BATCH = 1024;
    /** How many batches wait at most. */
    private static final int WAITING = 8;

    private final EventReader source;
    private final boolean mayHaveThread;
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private long readAlone;
    private Thread thread;
    private boolean closed;

    private Batch current = new Batch();

    /** Events in their order, and what came after them. */
    private static final class Batch {
        private final Event[] events = new Event[BATCH];
        private int count;
        private int given;
        private boolean last;
        private Throwable failure;
    }

    /** @param source used by nobody else from now on */
    ReadAhead(EventReader source) {
        this(source, Runtime.getRuntime().availableProcessors() > 1);
    }

    ReadAhead(EventReader source, boolean mayHaveThread) {
        this.source = source;
        this.mayHaveThread = mayHaveThread;
    }

    @Override
    public Event next() throws IOException {
        if (thread == null && (readAlone < ALONE || !mayHaveThread)) {
            Event event = source.next();
            readAlone += event == null ? 0 : 1;
            return event;
        }
        if (thread == null) {
            begin();
        }
        while (current.given == current.count && !current.last) {
            current = take();
        }
        return current.given < current.count ? current.events[current.given++] : end();
    }

    private void begin() {
        thread = new Thread(this::readAll, "htr-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer after the last event, however often it is asked for. */
    private Event end() throws IOException {
        if (current.failure instanceof IOException io) {
            throw io;
        }
        if (current.failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (current.failure instanceof Error error) {
            throw error;
        }
        return null;
    }

    private void readAll() {
        boolean more = true;
        while (more) {
            Batch batch = read();
            more = put(batch) && !batch.last;
        }
    }

    private Batch read() {
        Batch batch = new Batch();
        try {
            while (batch.count < BATCH && !batch.last) {
                Event event = source.next();
                if (event == null) {
                    batch.last = true;
                } else {
                    batch.events[batch.count++] = event;
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            batch.failure = e;
            batch.last = true;
        }
        return batch;
    }

    /** @return false when nobody wants more */
    private synchronized boolean put(Batch batch) {
        while (waiting.size() == WAITING && !closed) {
            Uninterrupted.run(this::wait);
        }
        waiting.add(batch);
        notifyAll();
        return !closed;
    }

    private synchronized Batch take() {
        while (waiting.isEmpty()) {
            Uninterrupted.run(this::wait);
        }
        notifyAll();
        return waiting.remove();
    }

    /** Ends the thread, and closes the other reader. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread != null) {
            Uninterrupted.run(thread::join);
            current = new Batch();
            current.last = true;
        }
        source.close();
    }
}
