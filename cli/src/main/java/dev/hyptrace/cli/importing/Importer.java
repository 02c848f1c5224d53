package dev.hyptrace.cli.importing;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads files of one format. */
interface Importer {
    TraceHeader header();

    /** Reads the whole stream; what was read before something went wrong has been given to the sink. */
    void read(InputStream in, EventSink sink) throws IOException;

    /** What was wrong with the input but did not end the import, the first of {@link #problemCount}. */
    List<String> problems();

    long problemCount();
}
