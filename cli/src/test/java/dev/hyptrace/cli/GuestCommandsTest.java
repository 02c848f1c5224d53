package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
