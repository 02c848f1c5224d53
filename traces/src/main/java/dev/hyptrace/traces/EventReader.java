package dev.hyptrace.traces;

import dev.hyptrace.traces.model.Event;
import java.io.Closeable;
import java.io.IOException;

/** Reads events one after the other. */
public interface EventReader extends Closeable {
    /**
     * The next event, or null after the last one.
     *
     * @throws TraceFormatException when the input is not what it should be
     */
    Event next() throws IOException;

    @Override
    void close() throws IOException;
}
