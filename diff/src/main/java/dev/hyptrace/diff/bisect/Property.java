package dev.hyptrace.diff.bisect;

import dev.hyptrace.traces.Trace;
import java.io.IOException;

/** What has to hold of a build's hypercalls for it to be good. */
public interface Property {
    /** The property in one line, with everything that it depends on: sessions with equal lines ask the same question. */
    String description();

    /** Judges what a build did. */
    Observation judge(Trace run) throws IOException;
}
