package dev.hyptrace.cli.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code record gdb} with real OpenOCD and a simulated board, held against QEMU's recording of the same guest.
 *
 * <p>With {@code -Dhyptrace.packets=FILE} the session that {@link OpenOcdPacketsTest} plays is written anew.
 */
@Timeout(180)
class OpenOcdRecordingTest {
    /** Runs the board to its caller in Supervisor mode: {@code traces/guests} says where that is. */
    static final String TO_CALLER = "bp 0x40010300 4 hw; resume; wait_halt 5000; rbp 0x40010300";

    private static final String GUEST = "g3-on-g3";
    private static final Path GUEST_IMAGE = Cli.GUESTS.resolve(GUEST + ".elf");

    @TempDir
    private Path folder;

    @BeforeEach
    void openOcdIsInstalled() {
        assumeTrue(OpenOcdProcess.isInstalled(OpenOcdProcess.PROGRAM), "needs openocd: apt-get install openocd");
    }

    @ParameterizedTest
    @CsvSource({"g3-on-g3, 5", "g1-on-g1, 3", "g3-on-g3-thumb, 2"})
    void boardThatStartsInHyp_isRecordedAsQemuIs(String guest, int calls) throws Exception {
        Path image = Cli.GUESTS.resolve(guest + ".elf");
        Path recording = folder.resolve("board.htr");
        try (SimulatedBoard board = new SimulatedBoard(image);
                OpenOcdProcess openOcd = new OpenOcdProcess(board)) {
            Cli cli = Cli.run("record", "gdb", "-o", recording, "--limit", calls, "localhost:" + openOcd.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            assertNull(board.failure());
            assertTrue(cli.err().contains("the processor has 5 breakpoints for what is watched"), cli::err);
            assertTrue(cli.err().contains("cortex_a maskisr off"), cli::err);
        }
        assumeTrue(
                OpenOcdProcess.isInstalled("qemu-system-arm"),
                "needs qemu-system-arm: apt-get install qemu-system-arm");
        Path expected = folder.resolve("qemu.htr");
        Cli qemu = Cli.run(
                "record",
                "qemu",
                "-o",
                expected,
                "--limit",
                calls,
                "--",
                "-M",
                "virt,virtualization=on",
                "-cpu",
                "cortex-a15",
                "-m",
                "256",
                "-kernel",
                image);
        assertEquals(0, qemu.status(), qemu::err);
        Cli diff = Cli.run("diff", expected, recording);
        assertEquals(0, diff.status(), diff::out);
        assertTrue(diff.out().contains(calls + " left, " + calls + " right, " + calls + " aligned"), diff::out);
    }

    @Test
    void boardThatStandsBelowHyp_isRecordedFromTheBaseGiven() throws Exception {
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = new OpenOcdProcess(board, TO_CALLER);
                PacketProxy proxy = new PacketProxy(openOcd.port())) {
            Path recording = folder.resolve("board.htr");
            Cli cli = OpenOcdPacketsTest.record(recording, proxy.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            OpenOcdPacketsTest.assertTwoHypercalls(recording);
            String update = System.getProperty("hyptrace.packets");
            if (update != null) {
                String origin = "OpenOCD 0.12.0 with a simulated Cortex-A15 that runs " + GUEST + ".elf, halted at its"
                        + " caller; hyptrace " + String.join(" ", OpenOcdPacketsTest.arguments("FILE", 0));
                Files.write(Path.of(update), proxy.log().written(origin));
            }
        }
    }

    @Test
    void boardThatStandsBelowHypWithoutABase_isRefusedWithWhatToDo() throws Exception {
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = new OpenOcdProcess(board, TO_CALLER)) {
            refused(
                    openOcd,
                    "HVBAR, by which hypercalls are found, can be read in Hyp mode only, and the target stands in"
                            + " SVC: give --hvbar ADDRESS or --hvc ADDRESS, or stop the target in Hyp mode");
        }
    }

    /** As a guest that debugs itself holds one. */
    @Test
    void breakpointsThatAreTaken_areLeftAlone() throws Exception {
        String take = "poll off; board.dap apreg 0 4 0x80000140; board.dap apreg 0 0x10 0x1e7; poll on";
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = new OpenOcdProcess(board, TO_CALLER, take)) {
            Cli cli = OpenOcdPacketsTest.record(folder.resolve("board.htr"), openOcd.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            assertTrue(cli.err().contains("the processor has 4 breakpoints for what is watched"), cli::err);
            assertTrue(cli.err().contains("takes no more than 4 breakpoints"), cli::err);
            OpenOcdPacketsTest.assertTwoHypercalls(folder.resolve("board.htr"));
        }
    }

    @Test
    void maskedInterrupts_areSaid() throws Exception {
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = new OpenOcdProcess(board, TO_CALLER, "cortex_a maskisr on")) {
            Cli cli = OpenOcdPacketsTest.record(folder.resolve("board.htr"), openOcd.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            assertTrue(cli.err().contains("single steps hold interrupts back (cortex_a maskisr on)"), cli::err);
            OpenOcdPacketsTest.assertTwoHypercalls(folder.resolve("board.htr"));
        }
    }

    @Test
    void debugRegistersThatAreNotConfigured_areFoundInTheRomTable() throws Exception {
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = OpenOcdProcess.configured(board, "", TO_CALLER)) {
            Cli cli = OpenOcdPacketsTest.record(folder.resolve("board.htr"), openOcd.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            assertTrue(cli.err().contains("the processor has 5 breakpoints for what is watched"), cli::err);
            OpenOcdPacketsTest.assertTwoHypercalls(folder.resolve("board.htr"));
        }
    }

    @Test
    void debugRegistersOutOfReach_areRefusedWithWhatToDo() throws Exception {
        String hide = "rename target openocd_target; proc target {args} {"
                + "if {$args eq {current}} {error hidden}; openocd_target {*}$args}";
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = new OpenOcdProcess(board, hide)) {
            refused(
                    openOcd,
                    "OpenOCD does not say where the processor's debug registers are, and its own breakpoints and"
                            + " steps never match in Hyp mode: give 'target create' its -dap and -dbgbase");
        }
    }

    /** A connection's commands are for the target behind its port. */
    @Test
    void anotherCurrentTarget_isNoObstacle() throws Exception {
        String option = "-dbgbase 0x80000000; target create board.cpu1 cortex_a -dap board.dap -ap-num 0"
                + " -dbgbase 0x80002000 -defer-examine";
        try (SimulatedBoard board = new SimulatedBoard(GUEST_IMAGE);
                OpenOcdProcess openOcd = OpenOcdProcess.configured(
                        board, option, "targets board.cpu0", TO_CALLER, "targets board.cpu1")) {
            Cli cli = OpenOcdPacketsTest.record(folder.resolve("board.htr"), openOcd.port());
            assertEquals(0, cli.status(), () -> cli.err() + openOcd.output());
            OpenOcdPacketsTest.assertTwoHypercalls(folder.resolve("board.htr"));
        }
    }

    private void refused(OpenOcdProcess openOcd, String reason) {
        Cli.run("record", "gdb", "-o", folder.resolve("board.htr"), "localhost:" + openOcd.port())
                .assertTrouble("hyptrace: localhost:" + openOcd.port() + ": " + reason);
    }
}
