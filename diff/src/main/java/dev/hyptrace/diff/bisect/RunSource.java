package dev.hyptrace.diff.bisect;

import dev.hyptrace.traces.Trace;
import java.io.IOException;

/** Comes up with a recording of what is to be compared with when it is asked for. */
@FunctionalInterface
public interface RunSource {
    Trace open() throws IOException;
}
