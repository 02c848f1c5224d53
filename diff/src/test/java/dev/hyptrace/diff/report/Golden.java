package dev.hyptrace.diff.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected output in files beside the tests.
 *
 * <p>{@code HYPTRACE_UPDATE_GOLDEN=1 mvn test -pl diff -am} writes them anew, to be read in review; it refuses where the
 * environment says that this is CI.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/hyptrace/diff/report");

    private Golden() {}

    static void check(String file, String actual) {
        try {
            Path path = FOLDER.resolve(file);
            if (System.getenv("HYPTRACE_UPDATE_GOLDEN") != null) {
                if (System.getenv("CI") != null) {
                    throw new IllegalStateException("golden files are not updated in CI");
                }
                Files.createDirectories(FOLDER);
                Files.writeString(path, actual);
            }
            assertEquals(Files.readString(path, StandardCharsets.UTF_8), actual, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
