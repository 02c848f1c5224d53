package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are compared with a file in {@code src/test/resources}. {@code mvn verify -Dhyptrace.golden=update} writes the files
 * anew, to be read in the review; a continuous-integration run (the variable CI) refuses it.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "hyptrace", "cli");

    private Golden() {}

    public static void assertSame(String file, String actual) throws IOException {
        Path golden = FOLDER.resolve(file);
        if ("update".equals(System.getProperty("hyptrace.golden"))) {
            assertTrue(System.getenv("CI") == null, "golden files are not updated in continuous integration");
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        String expected = Files.exists(golden) ? Files.readString(golden) : "";
        assertEquals(expected, actual, () -> golden + " (mvn verify -Dhyptrace.golden=update writes it anew)");
    }
}
