package dev.hyptrace.recorder.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.live.Assembler;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.live.FollowSummary.End;
import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.TraceWriter;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that go into a file. */
@Timeout(120)
class QemuToFileTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needTools() {
        assumeTrue(
                Assembler.isInstalled(QemuOptions.DEFAULT_PROGRAM),
                "needs qemu-system-arm: apt-get install qemu-system-arm");
        Assembler.assumeInstalled();
    }

    private static List<String> arguments(Path image) {
        return List.of("-M", "virt,virtualization=on", "-cpu", "cortex-a15", "-m", "64", "-kernel", image.toString());
    }

    private static List<Event> events(Trace trace) throws IOException {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = trace.events()) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    @Test
    void file_holdsWhatWasRecordedAndIsTheSameEachTime() throws IOException {
        QemuOptions options =
                QemuOptions.of(arguments(Guest.threeCalls(".thumb").build(folder)));
        Recorded recorded = Recorded.of(options);
        Path first = folder.resolve("first.htr");
        Path second = folder.resolve("second.htr");
        FollowSummary summary = QemuRecording.toFile(first, TraceWriter.Options.standard(), options, QemuListener.NONE);
        QemuRecording.toFile(second, TraceWriter.Options.standard(), options, QemuListener.NONE);
        assertEquals(End.EXITED, summary.end());
        try (Trace trace = Traces.open(first)) {
            assertEquals(recorded.header(), trace.header());
            assertEquals(recorded.events(), events(trace));
            assertEquals(List.of(), trace.damage());
        }
        assertEquals(-1, Files.mismatch(first, second));
    }

    @Test
    void fileThatIsThere_isNotOverwrittenUnasked() throws IOException {
        QemuOptions options = QemuOptions.of(arguments(Guest.threeCalls(".arm").build(folder)));
        Path file = Files.writeString(folder.resolve("old.htr"), "old");
        assertThrows(
                FileAlreadyExistsException.class,
                () -> QemuRecording.toFile(file, TraceWriter.Options.standard(), options, QemuListener.NONE));
        assertEquals("old", Files.readString(file));
    }

    /** Run in a virtual machine of its own, which the test ends. */
    public static final class Program {
        private Program() {}

        /** Records the guest {@code arguments[0]} into {@code arguments[1]} and says on standard output when it is far enough. */
        public static void main(String[] arguments) throws IOException {
            QemuListener listener = new QemuListener() {
                @Override
                public void hypercall(int number, OptionalInt site, OptionalInt immediate) {
                    System.out.println("hypercall " + number);
                }
            };
            QemuOptions options = QemuOptions.of(arguments(Path.of(arguments[0])));
            QemuRecording.toFile(Path.of(arguments[1]), TraceWriter.Options.standard(), options, listener);
        }
    }

    @Test
    void recorderThatIsToldToEnd_closesItsFileAndLeavesNoQemu() throws Exception {
        Path image = new Guest(".arm", "hvc #1\nhvc #2\nb .", "mov r0, #8\neret").build(folder);
        Path file = folder.resolve("interrupted.htr");
        Process recorder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        image.toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> qemus;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(recorder.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("hypercall 1", out.readLine());
            assertEquals("hypercall 2", out.readLine());
            qemus = recorder.descendants().toList();
            recorder.destroy();
            assertTrue(recorder.waitFor(60, TimeUnit.SECONDS));
        } finally {
            recorder.destroyForcibly();
        }
        assertEquals(1, qemus.size());
        assertFalse(qemus.get(0).isAlive());
        try (Trace trace = Traces.open(file)) {
            assertEquals(List.of(), trace.damage());
            List<Hypercall> calls = Hypercalls.of(trace);
            assertEquals(2, calls.size());
            assertEquals(Hypercall.Outcome.RETURNED, calls.get(0).outcome());
        }
    }
}
