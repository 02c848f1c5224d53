package dev.hyptrace.traces;

import dev.hyptrace.traces.model.TraceHeader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A recording that can be read from its beginning any number of times. */
public interface Trace extends Closeable {
    /** What to call it in messages: the file name as the user gave it. */
    String name();

    TraceHeader header();

    /** A new reader that stands before the first event. */
    EventReader events() throws IOException;

    /** What could not be read, in the order of the file. Empty for an undamaged one. */
    default List<Damage> damage() {
        return List.of();
    }

    @Override
    void close() throws IOException;

    /**
     * A part of a file that could not be read.
     *
     * @param offset the byte at which it begins
     * @param what one clause that says what was found and what was expected there
     */
    record Damage(long offset, String what) {}
}
