package dev.hyptrace.recorder.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream with its RAM, fresh from QEMU. */
class LiveMigrationTest {
    private static final Path GUEST = Path.of("..", "traces", "guests", "bin", "g3-on-g3.elf");

    private static final long MEMORY = 128 << 20;

    @TempDir
    private Path folder;

    @Test
    void freshStream_ofTwoProcessors_isReadPastItsRam() throws Exception {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "qemu-system-arm")));
        assumeTrue(installed, "needs qemu-system-arm: apt-get install qemu-system-arm");
        Path stream = folder.resolve("stream");
        migrate(stream);
        List<Event> events = new ArrayList<>();
        try (InputStream in = Files.newInputStream(stream)) {
            try (RamFile ram = new RamFile(folder.resolve("ram"), false)) {
                Migration.read("stream", in, events::add, ram);
                assertEquals("mach-virt.ram", ram.name());
                assertEquals(MEMORY, ram.size());
            }
        }
        assertEquals(
                -1, Files.mismatch(folder.resolve("memory"), folder.resolve("ram")), "what the monitor says is in RAM");
        assertTrue(((Event.Note) events.get(0)).text().startsWith("machine virt-"));
        assertEquals(3, events.size());
        State state = ((Event.Snapshot) events.get(1)).state();
        assertEquals(Mode.HYP, state.mode().orElseThrow());
        assertTrue(state.isKnown(Register.PC));
        assertTrue(state.isKnown(Register.ELR_HYP));
        assertEquals(0x414fc0f0L, state.require(Register.MIDR));
        assertEquals(0x80000001L, ((Event.Snapshot) events.get(2)).state().require(Register.VMPIDR));
    }

    private void migrate(Path stream) throws IOException, InterruptedException {
        Process qemu = new ProcessBuilder(
                        "qemu-system-arm",
                        "-M",
                        "virt,virtualization=on",
                        "-cpu",
                        "cortex-a15",
                        "-smp",
                        "2",
                        "-m",
                        "128",
                        "-S",
                        "-display",
                        "none",
                        "-nic",
                        "none",
                        "-serial",
                        "none",
                        "-monitor",
                        "stdio",
                        "-kernel",
                        GUEST.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try (OutputStream monitor = qemu.getOutputStream()) {
            String line = "migrate \"exec:cat > " + stream + "\"\n";
            monitor.write(line.getBytes(StandardCharsets.US_ASCII));
            monitor.flush();
            for (int waits = 0; waits < 200 && !isWhole(stream); waits++) {
                Thread.sleep(100);
            }
            line = "pmemsave 0x40000000 " + MEMORY + " \"" + folder.resolve("memory") + "\"\n";
            monitor.write(line.getBytes(StandardCharsets.US_ASCII));
            monitor.write("quit\n".getBytes(StandardCharsets.US_ASCII));
            monitor.flush();
            assertTrue(qemu.waitFor(20, TimeUnit.SECONDS), "QEMU does not end");
        } finally {
            qemu.destroyForcibly();
        }
    }

    /** The description is the last of a stream, and ends with a brace. */
    private static boolean isWhole(Path stream) throws IOException {
        if (!Files.exists(stream) || Files.size(stream) < 1000) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(stream);
        return new String(bytes, bytes.length - 3, 3, StandardCharsets.ISO_8859_1).contains("]}");
    }
}
