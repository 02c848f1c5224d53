package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher itself, in a process of its own. It is copied to a folder with blanks in its name, with the jar that was just
 * built or with a Maven that only pretends to build.
 */
class LauncherIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    private Path temporary;

    private Path home;
    private Path launcher;

    /** How a process ended. */
    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void copyLauncher() throws IOException {
        home = Files.createDirectories(temporary.resolve("a folder, with blanks"));
        launcher = Files.copy(
                Path.of("..", "hyptrace"), home.resolve("hyptrace"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void launcher_thatIsBuilt_runsFromAnywhereAndThroughLinks() throws Exception {
        copyJar();
        Path link = Files.createSymbolicLink(temporary.resolve("ht"), Path.of("a folder, with blanks", "hyptrace"));
        Path linkToLink = Files.createSymbolicLink(temporary.resolve("ht2"), link);
        for (Path way : List.of(launcher, link, linkToLink)) {
            Ended ended = run(Map.of(), way, "--version");
            assertTrue(ended.out().startsWith("hyptrace "), ended::err);
            assertEquals("", ended.err());
            assertEquals(0, ended.status());
        }
        assertTrue(archives().stream().anyMatch(LauncherIT::isFilled), "no class-data archive was made");
    }

    @Test
    void launcher_passesOnExitStatusAndArguments() throws Exception {
        copyJar();
        Ended ended = run(Map.of(), launcher, "info", "no such *.htr");
        assertEquals("hyptrace: no such *.htr: no such file or directory\n", ended.err());
        assertEquals(2, ended.status());
        String left = Cli.SAMPLES.resolve("g1-on-g1.htr").toAbsolutePath().toString();
        String right = Cli.SAMPLES.resolve("g1-on-g3.htr").toAbsolutePath().toString();
        assertEquals(0, run(Map.of(), launcher, "diff", left, left).status());
        assertEquals(1, run(Map.of(), launcher, "diff", left, right).status());
    }

    @Test
    void fileName_outsideOfAscii_isFoundInTheCLocale() throws Exception {
        copyJar();
        Path file = temporary.resolve("Größe.htr");
        Files.copy(Cli.SAMPLES.resolve("g1-on-g1.htr"), file);
        Ended ended = run(Map.of("LC_ALL", "C"), launcher, "info", file.toString());
        assertTrue(ended.out().contains("Größe.htr\n"), ended::err);
        assertEquals(0, ended.status());
    }

    /** The guest fills the last word of RAM, reads it again, prints it and switches off. */
    @Test
    void memory_ofAnySizeTheBoardTakes_needsNoOptionForJava() throws Exception {
        copyJar();
        Path guest = temporary.resolve("guest");
        for (int mebibytes : new int[] {16, 1024, 2047}) {
            Files.write(guest, lastWordOf(mebibytes));
            Ended ended = run(Map.of(), launcher, "run", "--memory", mebibytes + "M", guest.toString());
            assertEquals("!", ended.out(), ended::err);
            assertEquals(0, ended.status(), ended::err);
        }
    }

    private static byte[] lastWordOf(int mebibytes) {
        int[] code = {
            0xe59f0024, // ldr r0, last
            0xe3a01021, // mov r1, #'!'
            0xe5801000, // str r1, [r0]
            0xe5902000, // ldr r2, [r0]
            0xe59f0018, // ldr r0, uart
            0xe5802000, // str r2, [r0]
            0xe59f0014, // ldr r0, system_off
            0xe1600070, // smc #0
            0,
            0,
            0,
            0x4000_0000 + (mebibytes << 20) - 4, // last
            0x0900_0000, // uart
            0x8400_0008, // system_off
        };
        ByteBuffer bytes = ByteBuffer.allocate(4 * code.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(code);
        return bytes.array();
    }

    @Test
    void options_forJava_replaceTheLaunchersOwn() throws Exception {
        copyJar();
        assertEquals(
                0,
                run(Map.of("HYPTRACE_OPTS", "-Xmx64m -XX:+UseParallelGC"), launcher, "--version")
                        .status());
    }

    @Test
    void options_thatJavaDoesNotKnow_areTroubleAndNoDivergence() throws Exception {
        copyJar();
        Ended ended = run(Map.of("HYPTRACE_OPTS", "-XX:NoSuchThing"), launcher, "--version");
        assertTrue(
                ended.err().startsWith("hyptrace: Java does not start with HYPTRACE_OPTS='-XX:NoSuchThing': "),
                ended::err);
        assertEquals(2, ended.status());
    }

    @Test
    void launcher_thatIsNotBuilt_buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        Path source = project();
        Path maven = maven("cp -R '" + TARGET + "/lib' cli/target/; cp '" + TARGET
                + "/hyptrace.jar' cli/target/; echo built >>builds");
        Map<String, String> path = Map.of("PATH", maven + ":" + System.getenv("PATH"));
        assertEquals(0, run(path, launcher, "--version").status());
        assertEquals(0, run(path, launcher, "--version").status());
        assertEquals(1, builds());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(0, run(path, launcher, "--version").status());
        assertEquals(2, builds());
    }

    @Test
    void build_thatFails_isTroubleAndItsErrorsAreShown() throws Exception {
        project();
        Path maven = maven("echo '[INFO] much'; echo '[ERROR] Foo.java:[1,1] not a statement'; exit 1");
        Ended ended = run(Map.of("PATH", maven + ":" + System.getenv("PATH")), launcher, "--version");
        assertTrue(ended.err().contains("[ERROR] Foo.java:[1,1] not a statement\n"), ended::err);
        assertFalse(ended.err().contains("much"), ended::err);
        assertEquals(2, ended.status());
    }

    @Test
    void mavenThatIsMissing_isNamedWithItsPackage() throws Exception {
        project();
        Path tools = tools();
        Ended ended = run(
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), launcher, "--version");
        assertEquals(
                "hyptrace: hyptrace is not built and there is no mvn: install Maven 3.8 or later (Debian: apt-get install"
                        + " maven).\n",
                ended.err());
        assertEquals(2, ended.status());
    }

    @Test
    void javaThatIsTooOld_isNamedWithItsVersion() throws Exception {
        copyJar();
        Path old = Files.createDirectories(temporary.resolve("jdk-11").resolve("bin"));
        executable(old.resolve("java"), "exit 99");
        Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Ended ended = run(Map.of("JAVA_HOME", old.getParent().toString()), launcher, "--version");
        assertEquals(1, ended.err().lines().count());
        assertTrue(ended.err().contains("11.0.2"), ended::err);
        assertEquals(2, ended.status());
    }

    @Test
    void javaHome_withoutJava_isNamed() throws Exception {
        copyJar();
        Ended ended = run(Map.of("JAVA_HOME", temporary.toString()), launcher, "--version");
        assertEquals(
                "hyptrace: JAVA_HOME is " + temporary
                        + ", which holds no bin/java: set it to a JDK 17 or later, or unset it.\n",
                ended.err());
        assertEquals(2, ended.status());
    }

    private void copyJar() throws IOException {
        Path target = Files.createDirectories(home.resolve("cli").resolve("target"));
        Files.createDirectories(target.resolve("lib"));
        Files.copy(TARGET.resolve("hyptrace.jar"), target.resolve("hyptrace.jar"));
        try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, target.resolve("lib").resolve(library.getFileName()));
            }
        }
    }

    /** Sources that are not built; answers one of them. */
    private Path project() throws IOException {
        Files.createFile(home.resolve("pom.xml"));
        Path sources =
                Files.createDirectories(home.resolve("cli").resolve("src").resolve("main"));
        Files.createFile(home.resolve("cli").resolve("pom.xml"));
        return Files.createFile(sources.resolve("Main.java"));
    }

    private Path maven(String script) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("maven"));
        executable(folder.resolve("mvn"), script);
        return folder;
    }

    /** A PATH with what the launcher calls, but no Maven. */
    private Path tools() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("tools"));
        for (String tool :
                List.of("sh", "find", "head", "readlink", "sed", "mkdir", "mv", "rm", "flock", "tr", "grep")) {
            for (String place : List.of("/bin", "/usr/bin")) {
                if (Files.exists(Path.of(place, tool)) && !Files.exists(folder.resolve(tool))) {
                    Files.createSymbolicLink(folder.resolve(tool), Path.of(place, tool));
                }
            }
        }
        return folder;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("cli").resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private static boolean isFilled(Path file) {
        return file.toFile().length() > 0;
    }

    private Ended run(Map<String, String> environment, Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("HYPTRACE_OPTS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the launcher does not end");
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
