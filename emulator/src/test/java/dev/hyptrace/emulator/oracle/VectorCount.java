package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.oracle.Vectors.Recording;
import java.io.IOException;

/** How many single instructions are recorded. */
public final class VectorCount {
    private VectorCount() {}

    /** Those that {@code VectorsTest} executes. */
    public static long all() throws IOException {
        return (long) Vectors.load(Recording.DATA_PROCESSING).size()
                + Vectors.load(Recording.EXTENSIONS).size();
    }
}
