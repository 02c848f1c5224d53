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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
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

    /** QEMU stopped at the first of four hypercalls, and had executed 31 of 163 instructions by then. */
    @Test
    void run_fromAMigrationStreamWithItsRam_executesWhatQemuDid() throws IOException {
        Path stream = Path.of("..", "traces", "samples", "migration", "at-hvc-qemu7.2.migration.gz");
        Path state = folder.resolve("state.htr");
        Path ram = folder.resolve("ram");
        Cli imported = Cli.run("import", "-o", state, "--ram", ram, stream);
        assertEquals(0, imported.status(), imported::err);
        assertTrue(
                imported.err().contains("hyptrace import: " + ram + ": mach-virt.ram, 67,108,864 bytes of RAM\n"),
                imported::err);
        assertEquals(67_108_864, Files.size(ram));
        List<String> executed = executed();
        int rest = executed.size()
                - executed.indexOf(executed.stream()
                        .filter(line -> line.contains("0x40000114"))
                        .findFirst()
                        .orElseThrow());
        Cli run = Cli.run("run", "--state", state, "--load", ram + "@0x40000000");
        assertEquals(0, run.status(), run::err);
        assertTrue(run.err().contains("hyptrace run: " + rest + " instructions and 3 hypercalls"), run::err);
    }

    private static List<String> executed() throws IOException {
        Path log = Path.of("..", "traces", "samples", "execlog", "allhypentries-qemu7.2.execlog.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(log))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @Test
    void ram_thatCannotBeHad_isRefused() throws IOException {
        Path stream = Path.of("..", "traces", "samples", "migration", "at-hvc-qemu7.2.migration.gz");
        Path log = Path.of("..", "traces", "samples", "execlog", "allhypentries-qemu7.2.execlog.gz");
        Path there = Files.writeString(folder.resolve("there"), "kept");
        Path out = folder.resolve("out.htr");
        Cli.run("import", "-o", out, "--ram", there, stream)
                .assertTrouble("hyptrace: " + there + ": exists already; --force replaces it");
        assertEquals("kept", Files.readString(there));
        Cli.run("import", "-o", out, "--ram", folder.resolve("ram"), log)
                .assertTrouble("hyptrace: --ram: " + log + " is of the format execlog, expected migration");
        Cli.run("import", "-o", out, "--ram", folder.resolve("ram"), stream, stream)
                .assertTrouble("hyptrace: --ram: there are 2 files, expected one");
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
