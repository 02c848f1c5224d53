package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bisect} and {@code bisect step}, on recordings of 32 builds of which the 21st is the first with B1. */
class BisectCommandTest {
    private static final Path SERIES = Path.of("..", "traces", "samples", "series");
    private static final Path GUESTS = Path.of("..", "traces", "guests");
    private static final String FOUND = "First bad build: ";
    private static final String B1 =
            "B1: the zImage enters the kernel with the address of its re-entry vectors for the machine number.";

    @TempDir
    private Path folder;

    @Test
    void b1_fromRecordings_isBisectedIn5StepsAndNamed() {
        Cli cli = bisect(builds(32));
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.out().startsWith("32 builds, 5 steps left after both ends\n"), cli::out);
        assertTrue(cli.out().contains("\nstep 5: "), cli::out);
        assertTrue(!cli.out().contains("\nstep 6: "), cli::out);
        assertTrue(cli.out().contains(FOUND + build(21) + " (21 of 32)\nLast good build: " + build(20)), cli::out);
        assertTrue(cli.out().contains("  " + B1), cli::out);
        assertTrue(
                cli.out().contains("\n  DIFFERENT: hypercall 2, call, R2: left 0xca0102fe, right 0x48000000\n"),
                cli::out);
        assertTrue(cli.out().endsWith("\nBuilds tested: both ends and 5; skipped: 0\n"), cli::out);
        assertEquals("", cli.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--without B1",
                "--abi linux-stub-g3 --abi linux-zimage-reentry-4.14",
                "--against ../traces/samples/series/build-01.htr"
            })
    void b1_byAnyProperty_isFound(String property) {
        Cli cli = bisect(builds(32), property.split(" "));
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.out().contains(FOUND + build(21) + " "), cli::out);
        assertTrue(cli.out().contains(B1), cli::out);
    }

    @Test
    void contradictedClaim_isShown() {
        Cli cli = bisect(builds(32), "--abi", "linux-stub-g3", "--abi", "linux-zimage-reentry-4.14");
        assertTrue(
                cli.out().contains("ENTER_KERNEL, r1: linux-zimage-reentry-4.14 says r7 = 0xffffffff, the build has "),
                cli::out);
    }

    @Test
    void endsInTheSeries_cutIt() {
        Cli cli = bisect(
                builds(32), "--good", build(19).toString(), "--bad", build(22).toString());
        assertTrue(cli.out().startsWith("4 builds, 2 steps left after both ends\n"), cli::out);
        assertTrue(cli.out().contains(FOUND + build(21) + " (3 of 4)"), cli::out);
    }

    @Test
    void deadAndFlakyBuilds_areSkippedAndNamed() throws IOException {
        List<Path> builds = builds(32);
        Path dead = Files.writeString(folder.resolve("dead.elf"), "no image");
        Path flaky = Files.createDirectory(folder.resolve("flaky"));
        Files.copy(build(1), flaky.resolve("1.htr"));
        Files.copy(build(32), flaky.resolve("2.htr"));
        builds.set(15, dead);
        builds.set(25, flaky);
        Cli cli = bisect(builds);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.out().contains(FOUND + build(21) + " "), cli::out);
        assertTrue(cli.out().contains("\nSkipped: " + dead + " (16 of 32): "), cli::out);
        assertTrue(cli.out().contains("\nSkipped: " + flaky + " (26 of 32): flaky: good in 1 of 2 runs\n"), cli::out);
    }

    @Test
    void skippedBuildsAtTheBoundary_leaveARange() throws IOException {
        List<Path> builds = builds(32);
        Path dead = Files.writeString(folder.resolve("dead.elf"), "no image");
        builds.set(20, dead);
        Cli cli = bisect(builds);
        assertEquals(1, cli.status(), cli::err);
        assertTrue(
                cli.out()
                        .contains("The first bad build is one of these, of which only the last one can be tested:\n  "
                                + dead + " (21 of 32)\n  " + build(22) + " (22 of 32)\nLast good build: " + build(20)),
                cli::out);
    }

    @Test
    void replay_saysTheSame_andRunsNothing() throws IOException {
        Path log = folder.resolve("session.txt");
        Cli cli = bisect(builds(32), "--log", log.toString());
        Cli again = Cli.run("bisect", "--replay", log);
        assertEquals(cli, again);
        Files.writeString(log, Files.readString(log).replace("SAME: ", "AS THE LOG HAS IT: "));
        assertTrue(Cli.run("bisect", "--replay", log).out().contains("AS THE LOG HAS IT: "));
    }

    @Test
    void replay_ofOtherBuilds_isRefused() {
        Path log = folder.resolve("session.txt");
        bisect(builds(32), "--log", log.toString());
        List<Path> others = builds(32);
        others.set(4, build(4));
        bisect(others, "--replay", log.toString())
                .assertTrouble("hyptrace: " + log + ": build 5: the session was about another " + build(5) + " than "
                        + build(4) + " as it is: their SHA-256 differ");
    }

    @Test
    void log_thatExists_isKept() throws IOException {
        Path log = Files.writeString(folder.resolve("session.txt"), "mine\n");
        bisect(builds(32), "--log", log.toString())
                .assertTrouble("hyptrace: " + log + ": exists already; --force replaces it");
    }

    @Test
    void seriesWithoutABadEnd_isTrouble() {
        Cli cli = bisect(builds(20));
        assertEquals(2, cli.status());
        assertTrue(
                cli.err()
                        .startsWith("hyptrace: " + build(20) + ": the bad end of the series is good, so that there is"
                                + " nothing to search: SAME: "),
                cli::err);
    }

    @Test
    void step_answersInExitStatuses() throws IOException {
        String[] property = {"--against", build(1).toString()};
        assertStep(0, build(20) + ": good\n  SAME: ", step(build(20), property));
        assertStep(1, build(21) + ": bad\n  DIFFERENT: ", step(build(21), property));
        Path dead = Files.writeString(folder.resolve("dead.elf"), "no image");
        assertStep(125, dead + ": skip\n  ", step(dead, property));
        assertStep(125, folder.resolve("none") + ": skip\n  ", step(folder.resolve("none"), property));
        assertEquals(2, step(build(20)).status());
        assertEquals(2, step(build(20), "--without", "B99").status());
        assertEquals(2, step(build(20), "--without", "B2").status());
        assertEquals(2, step(build(20), "--abi", "no-such").status());
    }

    @Test
    void step_withAFingerprint_asksTheImage() throws IOException {
        Path good = Cli.GUESTS.resolve("g3-on-g3.elf");
        Path file = Files.writeString(
                folder.resolve("probe.txt"), Cli.run("abi", "probe", good).out());
        assertStep(0, good + ": good\n", step(good, "--fingerprint", file.toString()));
        Path other = Cli.GUESTS.resolve("g3-on-g4k.elf");
        assertStep(
                1,
                other + ": bad\n  occupant 1 of the Hyp vectors: fingerprint ",
                step(other, "--fingerprint", file.toString()));
        assertStep(125, build(1) + ": skip\n", step(build(1), "--fingerprint", file.toString()));
    }

    @Test
    void b1_inFreshBuilds_isBisectedIn5Steps() throws Exception {
        assumeTrue(has("arm-none-eabi-as"), "needs arm-none-eabi-as: apt-get install binutils-arm-none-eabi");
        assertEquals(0, run(folder, GUESTS.resolve("series").toRealPath().toString(), folder.toString()));
        List<Path> builds = IntStream.rangeClosed(1, 32)
                .mapToObj(i -> folder.resolve(String.format("build-%02d.elf", i)))
                .toList();
        Cli cli = bisect(builds);
        assertTrue(cli.out().contains(FOUND + builds.get(20) + " (21 of 32)"), cli::out);
        assertTrue(cli.out().contains(B1), cli::out);
        assertTrue(cli.out().endsWith("\nBuilds tested: both ends and 5; skipped: 0\n"), cli::out);
        Path dead = folder.resolve("dead.elf");
        Cli step = step(dead, "--without", "B1", "--instructions", "1000000");
        assertStep(125, dead + ": skip\n  does not boot: no hypercall before ", step);
    }

    private static int run(Path folder, String... command) throws Exception {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static boolean has(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static void assertStep(int status, String beginning, Cli cli) {
        assertEquals(status, cli.status(), cli::err);
        assertTrue(cli.out().startsWith(beginning), cli::out);
    }

    private static Cli step(Path build, String... options) {
        List<Object> words = new ArrayList<>(List.of("bisect", "step"));
        words.addAll(List.of(options));
        words.add(build);
        return Cli.run(words.toArray());
    }

    private static Cli bisect(List<Path> builds, String... options) {
        List<Object> words = new ArrayList<>(List.of("bisect"));
        words.addAll(List.of(options));
        words.add("--");
        words.addAll(builds);
        return Cli.run(words.toArray());
    }

    private static List<Path> builds(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(BisectCommandTest::build)
                .toList());
    }

    private static Path build(int number) {
        return SERIES.resolve(String.format("build-%02d.htr", number));
    }
}
