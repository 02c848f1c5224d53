package dev.hyptrace.diff.report;

import dev.hyptrace.diff.result.DiffResult;
import java.io.IOException;
import java.io.Writer;

/** Renders the result of a comparison. */
@FunctionalInterface
public interface Presenter {
    /** Writes the result, ending in a line feed, and leaves the writer open. */
    void render(DiffResult result, Writer out) throws IOException;
}
