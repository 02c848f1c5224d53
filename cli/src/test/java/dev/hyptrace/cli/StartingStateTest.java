package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.system.SystemRegisters;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that begins with the registers of another run's middle goes on as that one does. */
class StartingStateTest {
    private static final Path GUEST = Path.of("..", "traces", "guests", "bin", "g3-on-g3.elf");
    private static final int BEFORE = 60;

    @TempDir
    private Path folder;

    @Test
    void run_fromTheMiddle_executesTheRest() throws Exception {
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.boot(BootImage.parse("guest", Files.readAllBytes(GUEST)));
        machine.run(BEFORE);
        SystemRegisters.refresh(machine.cpu());
        Path file = folder.resolve("middle.htr");
        write(file, new Event.Snapshot(0, "in the middle", Capture.everything(machine.cpu())));
        machine.run(Long.MAX_VALUE);
        long rest = machine.cpu().instructions - BEFORE;
        Cli whole = Cli.run("run", GUEST);
        Cli run = Cli.run("run", GUEST, "--state", file);
        assertEquals(0, run.status(), run::err);
        assertTrue(whole.err().contains("hyptrace run: " + (rest + BEFORE) + " instructions"), whole::err);
        assertTrue(run.err().contains("hyptrace run: " + rest + " instructions"), run::err);
    }

    @Test
    void recordingWithoutASnapshot_isRefused() throws IOException {
        Path file = folder.resolve("none.htr");
        write(file, new Event.Note(0, "nothing"));
        Cli.run("run", GUEST, "--state", file)
                .assertTrouble("hyptrace: " + file
                        + ": holds no snapshot of processor 0 with PC and CPSR, expected one to start from");
    }

    private static void write(Path file, Event event) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, TraceHeader.of("test"))) {
            writer.accept(event);
        }
    }
}
