package dev.hyptrace.cli.bisect;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A recording in a file that goes when it is closed: it can be too long for memory. */
final class TemporaryTrace implements Trace {
    private final String name;
    private final Path file;
    private final Trace trace;

    /** @param name what to call it instead */
    TemporaryTrace(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        this.trace = Traces.open(file);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TraceHeader header() {
        return trace.header();
    }

    @Override
    public EventReader events() throws IOException {
        return trace.events();
    }

    @Override
    public List<Damage> damage() {
        return trace.damage();
    }

    @Override
    public void close() throws IOException {
        try {
            trace.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
