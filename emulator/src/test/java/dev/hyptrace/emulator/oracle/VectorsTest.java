package dev.hyptrace.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.oracle.Vectors.Recording;
import dev.hyptrace.emulator.oracle.Vectors.Vector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every data-processing and extension encoding against outcomes recorded from QEMU. Needs no QEMU. */
class VectorsTest {
    @Test
    void recordedInstructions_haveTheOutcomeThatTheyHadOnQemu() throws IOException {
        assertHolds(Recording.DATA_PROCESSING, 5000);
    }

    @Test
    void recordedExtensionInstructions_haveTheOutcomeThatTheyHadOnQemu() throws IOException {
        assertHolds(Recording.EXTENSIONS, 50_000);
    }

    private static void assertHolds(Recording recording, int least) throws IOException {
        Emulator emulator = new Emulator();
        List<Vector> vectors = Vectors.load(recording);
        assertTrue(vectors.size() > least, "only " + vectors.size() + " vectors");
        TreeMap<String, String> failures = new TreeMap<>();
        for (Vector vector : vectors) {
            Optional<Outcome> outcome = emulator.run(vector.before());
            String actual = outcome.map(o -> o.changes(vector.before())).orElse("no exception");
            if (!actual.equals(vector.changes())) {
                failures.put(vector.before().toString(), "QEMU: " + vector.changes() + "; here: " + actual);
            }
        }
        assertEquals(new TreeMap<>(), failures);
    }
}
