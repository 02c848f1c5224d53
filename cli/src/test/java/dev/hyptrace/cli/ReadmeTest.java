package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** README.md tells the truth: its sessions print what they show, its links lead somewhere. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    /** A last line that stands for all that follows. */
    private static final String CUT = "...\n";

    @TempDir
    private Path folder;

    /** Each command of each session, with what the README shows below it. */
    @TestFactory
    Stream<DynamicTest> command_ofASession_printsWhatTheReadmeShows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String session : sessions()) {
            for (String part : session.split("(?m)^\\$ \\./hyptrace ")) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    String command = part.substring(0, end);
                    tests.add(DynamicTest.dynamicTest(command, () -> assertPrints(command, part.substring(end + 1))));
                }
            }
        }
        assertTrue(!tests.isEmpty(), "no session found");
        return tests.stream();
    }

    @Test
    void links_leadToFilesOfTheRepository() throws IOException {
        Matcher links = LINK.matcher(Files.readString(README));
        int count = 0;
        while (links.find()) {
            assertTrue(Files.exists(README.resolveSibling(links.group(1))), links.group(1));
            count++;
        }
        assertTrue(count > 6, "links found: " + count);
    }

    private static List<String> sessions() throws IOException {
        return Arrays.stream(Files.readString(README).split("(?m)^```.*\n"))
                .filter(block -> block.startsWith("$ ./hyptrace "))
                .toList();
    }

    /** Names of files are given relative to the root; those that are written go to a folder of the test. */
    private void assertPrints(String command, String expected) {
        Object[] words = Arrays.stream(command.split(" ")).map(this::located).toArray();
        Cli cli = Cli.run(words).without(folder);
        String actual = (cli.err() + cli.out()).replace("../traces/", "traces/");
        if (expected.endsWith(CUT)) {
            String shown = expected.substring(0, expected.length() - CUT.length());
            assertEquals(shown, actual.substring(0, Math.min(shown.length(), actual.length())));
        } else {
            assertEquals(expected, actual);
        }
    }

    private String located(String word) {
        if (word.startsWith("traces/")) {
            return "../" + word;
        }
        return word.endsWith(".htr") ? folder.resolve(word).toString() : word;
    }
}
