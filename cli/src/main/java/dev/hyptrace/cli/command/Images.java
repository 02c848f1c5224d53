package dev.hyptrace.cli.command;

import dev.hyptrace.traces.model.Sha256;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What the header of a recording says of the files that were loaded. */
final class Images {
    private Images() {}

    static TraceHeader.Image describe(Path file) throws IOException {
        return new TraceHeader.Image(file.getFileName().toString(), Sha256.ofFile(file), Optional.empty());
    }
}
