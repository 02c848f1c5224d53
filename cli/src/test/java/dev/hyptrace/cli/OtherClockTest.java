package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.run.RunReplay;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that passes the time to a hypercall, recorded on a machine whose clock goes at another rate. */
class OtherClockTest {
    private static final int[] GUEST = {
        0xe28f_0038, // add r0, pc, #0x38: the vectors
        0xee8c_0f10, // mcr p15, 4, r0, c12, c0, 0: HVBAR
        0xe3a0_0e1d, // mov r0, #0x1d0
        0xe380_0003, // orr r0, r0, #3
        0xe16f_f000, // msr spsr_cxsf, r0
        0xe28f_0004, // add r0, pc, #4
        0xe12e_f300, // msr elr_hyp, r0
        0xe160_006e, // eret
        0xe3a0_6ffa, // mov r6, #1000
        0xe256_6001, // 1: subs r6, r6, #1
        0x1aff_fffd, // bne 1b
        0xec55_4f1e, // mrrc p15, 1, r4, r5, c14: CNTVCT
        0xe140_0071, // hvc #1
        0xeaff_fffe, // b .
        0,
        0,
        0xeaff_fffe, // the vectors
        0xeaff_fffe,
        0xeaff_fffe,
        0xeaff_fffe,
        0xeaff_fffe,
        0xe160_006e, // HVC: eret
        0xeaff_fffe,
        0xeaff_fffe,
    };

    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void writeImage() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(GUEST.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(GUEST);
        image = folder.resolve("guest.bin");
        Files.write(image, bytes.array());
    }

    /** A recording of a machine whose clock is off, with each state at a return changed. */
    private Path recorded(UnaryOperator<State> change) throws IOException, BootImageException {
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.cpu().instructionsPerTick = 7;
        machine.boot(BootImage.parse("guest", Files.readAllBytes(image)));
        return recorded(machine, change);
    }

    private Path recorded(Machine machine, UnaryOperator<State> change) throws IOException {
        Path file = folder.resolve("recording.htr");
        try (TraceWriter writer =
                TraceWriter.create(file, RunReplay.header(List.of()), TraceWriter.Options.standard())) {
            EventSink changed = event -> writer.accept(
                    event instanceof Event.ExceptionReturn back
                            ? new Event.ExceptionReturn(back.cpu(), back.from(), back.to(), change.apply(back.after()))
                            : event);
            new RunReplay(machine).run(1, Long.MAX_VALUE, instructions -> {}, changed);
        }
        return file;
    }

    @Test
    void timeInARegister_isExplainedByRunsWithOtherClocks() throws Exception {
        Cli diff = Cli.run("diff", "--mode", "run", "--image", image, recorded(state -> state));
        assertTrue(diff.out().startsWith("SAME: 1 hypercall, "), diff::out);
        assertTrue(diff.out().contains("Explained by time: 1 finding (R4 1)"), diff::out);
        assertTrue(words(diff).contains("its clock 0.3 ms further at each hypercall, 16 times as fast;"), diff::out);
        assertTrue(
                words(diff).contains("Cause: time: with another clock our own machine has another value here"),
                diff::out);
        assertEquals(0, diff.status(), diff::err);
    }

    /** What was printed, without the line breaks. */
    private static String words(Cli cli) {
        return cli.out().replaceAll("\\s+", " ");
    }

    @Test
    void timeInARegister_isADivergenceWithOneClock() throws Exception {
        Path recording = recorded(state -> state);
        Cli diff = Cli.run("diff", "--mode", "run", "--one-clock", "--image", image, recording);
        assertTrue(diff.out().startsWith("DIFFERENT: hypercall 1, call, R4: "), diff::out);
        assertFalse(diff.out().contains("Explained by time"), diff::out);
        assertEquals(1, diff.status(), diff::err);
    }

    @Test
    void plantedDivergence_isNotHiddenByTheClock() throws Exception {
        Path recording = recorded(
                state -> state.toBuilder().known(Register.R7, 0x1234_5678).build());
        Cli diff = Cli.run("diff", "--mode", "run", "--image", image, recording);
        assertTrue(diff.out().startsWith("DIFFERENT: hypercall 1, return, R7: left 0x12345678, "), diff::out);
        assertTrue(diff.out().contains("Findings: 1 unexplained, 1 explained"), diff::out);
        assertEquals(1, diff.status(), diff::err);
    }

    @Test
    void firmware_isRunFromFlash() throws Exception {
        Machine machine = new Machine(Machine.Options.DEFAULT.withFirmware(Files.readAllBytes(image)), output -> {});
        machine.bootFirmware();
        Path recording = recorded(machine, state -> state);
        Cli diff = Cli.run("diff", "--mode", "run", "--bios", image, recording);
        assertTrue(diff.out().startsWith("SAME: 1 hypercall, "), diff::out);
        assertTrue(diff.out().contains("no divergence"), diff::out);
        assertEquals(0, diff.status(), diff::err);
        Cli.run("diff", "--mode", "run", "--bios", image, "--image", image, recording)
                .assertTrouble("hyptrace: --image and --bios exclude each other");
    }
}
