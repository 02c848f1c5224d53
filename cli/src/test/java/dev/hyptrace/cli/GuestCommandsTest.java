package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code run} and {@code record}: guests on the built-in machine and in QEMU. */
class GuestCommandsTest {
    private static final Path GUEST = Cli.GUESTS.resolve("g3-on-g3.elf");

    @TempDir
    private Path folder;

    @Test
    void run_untilTheGuestSwitchesOff_countsItsHypercalls() {
        Cli cli = Cli.run("run", GUEST);
        assertTrue(cli.err().matches("hyptrace run: \\d+ instructions and 6 hypercalls in .*\n"), cli::err);
        assertEquals("", cli.out());
        assertEquals(0, cli.status());
    }

    @Test
    void run_untilAHypercall_stopsThere() {
        Cli cli = Cli.run("run", GUEST, "--until", "hypercall:2");
        assertTrue(cli.err().matches("hyptrace run: \\d+ instructions and 2 hypercalls in .*\n"), cli::err);
        assertEquals(0, cli.status());
    }

    @Test
    void run_untilInstructions_executesExactlyThese() {
        Cli cli = Cli.run("run", GUEST, "--until", "instructions:50");
        assertTrue(cli.err().startsWith("hyptrace run: 50 instructions and "), cli::err);
        assertEquals(0, cli.status());
    }

    @Test
    void run_whoseConditionNeverHolds_fails() {
        Cli cli = Cli.run("run", GUEST, "--until", "hypercall:7");
        assertTrue(
                cli.err().startsWith("hyptrace: " + GUEST + ": the guest switched off before hypercall 7, after "),
                cli::err);
        assertEquals(2, cli.status());
    }

    /** Each guest that has a known divergence, or has it not, does on the built-in machine what it did in QEMU. */
    @ParameterizedTest
    @MethodSource
    void catalogueGuest_runsAsInQemu(Path recording) {
        String name = recording.getFileName().toString();
        Path image = Cli.GUESTS.resolve(name.substring(0, name.length() - ".htr".length()) + ".elf");
        Cli diff = Cli.run("diff", recording, "--mode", "run", "--image", image);
        assertTrue(diff.out().startsWith("SAME: "), diff::out);
        assertEquals(0, diff.status(), diff::err);
    }

    static List<Path> catalogueGuest_runsAsInQemu() throws IOException {
        try (Stream<Path> files = Files.list(Cli.SAMPLES.resolveSibling("catalogue"))) {
            return files.sorted().toList();
        }
    }

    /** B20: the firmware's translations are still there when the Hyp MMU goes on. */
    @Test
    void run_withLastingTranslations_showsTheMissingTlbMaintenance() {
        String kvm = "kvm-3.13-on-g1-after-mmu";
        Path with = Cli.GUESTS.resolve(kvm + "-keeps-tlb.elf");
        Path without = Cli.GUESTS.resolve(kvm + ".elf");
        Cli stale = Cli.run("run", with, "--stale-tlb", "--until", "instructions:220");
        assertTrue(
                stale.err()
                        .contains(
                                "stale translation: execute at 0xc001107c in hyp mode, instruction 177: the TLB, since"
                                        + " instruction 48, has physical address 0x0001107c; the tables have physical address"
                                        + " 0x4001107c\n"),
                stale::err);
        Cli fresh = Cli.run("run", without, "--stale-tlb");
        assertFalse(fresh.err().contains("stale translation"), fresh::err);
        assertEquals(0, fresh.status());
    }

    @Test
    void bigEndianImage_whoseCodeIsBigEndianToo_isRefused() throws IOException {
        byte[] elf = Files.readAllBytes(Cli.GUESTS.resolve("g3-on-g3-be8.elf"));
        elf[37] &= 0x7f; // e_flags without EF_ARM_BE8
        Path file = Files.write(folder.resolve("be32.elf"), elf);
        Cli cli = Cli.run("run", file);
        assertTrue(cli.err().contains(file + ": byte 36: instructions are big-endian (BE-32)"), cli::err);
        assertEquals(2, cli.status());
    }

    @Test
    void recordingOfTheBuiltInMachine_agreesWithQemusLog() {
        Path recording = folder.resolve("emulator.htr");
        Cli cli = Cli.run("record", "emulator", "-o", recording, "--image", GUEST);
        assertEquals(0, cli.status(), cli::err);
        Cli diff = Cli.run("diff", recording, Cli.imported("g3-on-g3", folder));
        assertTrue(diff.out().startsWith("SAME: 6 hypercalls, "), diff::out);
    }

    @Test
    void recordingWithALimit_endsAfterSoManyHypercalls() {
        Path recording = folder.resolve("emulator.htr");
        assertEquals(
                0,
                Cli.run("record", "emulator", "-o", recording, "--limit", 2, "--image", GUEST)
                        .status());
        assertEquals(1 + 2, Cli.run("show", recording).out().lines().count());
    }

    /** The guest executes 231. */
    @Test
    void recordingWithALimitOfInstructions_hasSoManySteps() {
        Path recording = folder.resolve("emulator.htr");
        Cli cli = Cli.run("record", "emulator", "-o", recording, "--steps", "--instructions", 90, "--image", GUEST);
        assertEquals(0, cli.status(), cli::err);
        assertTrue(cli.err().contains(" 90 steps"), cli::err);
        Cli.run("record", "emulator", "--force", "-o", recording, "--instructions", 0, "--image", GUEST)
                .assertTrouble("hyptrace: --instructions 0: expected at least 1 instruction");
    }

    @Test
    void recordingOfQemu_agreesWithTheBuiltInMachine() {
        assumeTrue(hasQemu(), "needs qemu-system-arm: apt-get install qemu-system-arm");
        Path recording = folder.resolve("qemu.htr");
        Cli cli = Cli.run(
                "record",
                "qemu",
                "-o",
                recording,
                "--",
                "-M",
                "virt,virtualization=on",
                "-cpu",
                "cortex-a15",
                "-kernel",
                GUEST);
        assertTrue(cli.err().contains("hypercall 6: hvc #0 at 0x40010818\n"), cli::err);
        assertEquals(0, cli.status(), cli::err);
        Cli diff = Cli.run("diff", "--mode", "run", "--image", GUEST, recording);
        assertTrue(diff.out().startsWith("SAME: 6 hypercalls, "), diff::out);
        assertEquals(0, diff.status(), diff::err);
    }

    @Test
    void recordingOfQemu_withEachStep_holdsEachInstruction() {
        assumeTrue(hasQemu(), "needs qemu-system-arm: apt-get install qemu-system-arm");
        Path recording = folder.resolve("qemu.htr");
        Cli cli = Cli.run(
                "record",
                "qemu",
                "-o",
                recording,
                "--steps",
                "--",
                "-M",
                "virt,virtualization=on",
                "-cpu",
                "cortex-a15",
                "-kernel",
                GUEST);
        assertEquals(0, cli.status(), cli::err);
        Path log = Cli.imported("g3-on-g3", folder);
        long inLog = Cli.run("export", "--format", "csv", "--steps", log)
                .out()
                .lines()
                .count();
        long recorded = Cli.run("export", "--format", "csv", "--steps", recording)
                .out()
                .lines()
                .count();
        assertTrue(Math.abs(inLog - recorded) <= 2, inLog + " lines in the log, " + recorded + " in the table");
    }

    @Test
    void qemu_thatIsMissing_isNamedAndLeavesNoFile() {
        Path recording = folder.resolve("qemu.htr");
        Cli cli = Cli.run("record", "qemu", "--qemu", "no-such-qemu", "-o", recording, "--", "-M", "virt");
        assertTrue(cli.err().startsWith("hyptrace: no-such-qemu cannot be started: "), cli::err);
        assertEquals(1, cli.err().lines().count());
        assertEquals(2, cli.status());
        assertFalse(Files.exists(recording));
    }

    @Test
    void qemuArgument_thatIsTheRecorders_isRefused() {
        assumeTrue(hasQemu(), "needs qemu-system-arm: apt-get install qemu-system-arm");
        Cli.run("record", "qemu", "-o", folder.resolve("q.htr"), "--", "-s")
                .assertTrouble("hyptrace: leave out -s of QEMU's arguments: starting, stopping and the GDB stub are the"
                        + " recorder's own");
    }

    private static boolean hasQemu() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-arm")));
    }
}
