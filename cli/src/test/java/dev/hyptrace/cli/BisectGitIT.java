package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bisect step} under {@code git bisect run}, with the jar that was just built. */
class BisectGitIT {
    private static final Path SERIES = Path.of("..", "traces", "samples", "series");
    private static final Path JAR = Path.of("target", "hyptrace.jar");

    @TempDir
    private Path folder;

    /** git itself drives the steps; the image of each commit is a recording. */
    @Test
    void gitBisectRun_findsTheCommit() throws Exception {
        assumeTrue(has("git"), "needs git: apt-get install git");
        git("init", "-q");
        for (int i = 15; i <= 24; i++) {
            Path image = folder.resolve("image.htr");
            if (i == 18) {
                Files.writeString(image, "does not build");
            } else {
                Files.write(image, Files.readAllBytes(SERIES.resolve(String.format("build-%02d.htr", i))));
            }
            git("add", "image.htr");
            git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "build " + i);
        }
        git("bisect", "start", "HEAD", "HEAD~9");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        git(
                "bisect",
                "run",
                java,
                "-jar",
                JAR.toRealPath().toString(),
                "bisect",
                "step",
                "--without",
                "B1",
                "image.htr");
        assertEquals(
                "build 21", git("log", "-1", "--format=%s", "refs/bisect/bad").strip());
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "git", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        String text = Files.readString(output);
        Files.delete(output);
        assertEquals(0, status, text);
        return text;
    }

    private static boolean has(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
