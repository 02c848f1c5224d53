package dev.hyptrace.recorder.qemu;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;

/**
 * Writes events and sees to it that few are lost when this process is killed.
 *
 * <p>When to flush is decided by what was recorded and not by the clock: the same events give the same file.
 */
final class FlushedWriter implements EventSink {
    /** After the first so many gaps, each of which ends a stretch of recording, the file is flushed... */
    static final int FLUSH_FIRST = 16;
    /** ... and then after every so many. */
    static final int FLUSH_EVERY = 64;

    private final TraceWriter writer;
    private long gaps;

    FlushedWriter(TraceWriter writer) {
        this.writer = writer;
    }

    @Override
    public void accept(Event event) throws IOException {
        writer.accept(event);
        if (event instanceof Event.Gap && (++gaps <= FLUSH_FIRST || gaps % FLUSH_EVERY == 0)) {
            writer.flush();
        }
    }
}
