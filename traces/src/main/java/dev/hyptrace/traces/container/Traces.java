package dev.hyptrace.traces.container;

import dev.hyptrace.traces.TraceFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the traces that a user names. */
public final class Traces {
    /** What is looked at to say what a file that is no trace may be. */
    private static final int BEGINNING = 4096;

    private Traces() {}

    /**
     * Opens a {@code .htr} file.
     *
     * @throws TraceFormatException when it is something else: the message says what it looks like and what to do
     * @throws IOException when it cannot be read
     */
    public static HtrTrace open(Path path) throws IOException {
        byte[] beginning = beginning(path);
        if (!Frame.isMarker(beginning, 0)) {
            throw new TraceFormatException(
                    path.toString(), "byte 0", FileLook.of(beginning).explanation(path));
        }
        return HtrTrace.open(path);
    }

    private static byte[] beginning(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new TraceFormatException(path.toString(), "byte 0", "a folder, expected a .htr trace file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(BEGINNING);
        }
    }
}
