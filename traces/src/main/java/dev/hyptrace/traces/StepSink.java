package dev.hyptrace.traces;

import java.io.IOException;

/** Takes steps many at a time, from those who make millions of them in a second, besides other events. */
public interface StepSink extends EventSink {
    /** Takes all steps of the rows, in their order, after every event before; the rows is the sink's then. */
    void accept(StepRows steps) throws IOException;
}
