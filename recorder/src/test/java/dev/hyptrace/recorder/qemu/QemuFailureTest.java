package dev.hyptrace.recorder.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.live.Assembler;
import dev.hyptrace.recorder.live.FollowSummary;
import dev.hyptrace.recorder.live.FollowSummary.End;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A QEMU that is missing, refuses, dies or must be ended: one sentence, nothing lost, no process left. */
@Timeout(120)
class QemuFailureTest {
    private static final List<String> MACHINE = List.of("-M", "virt,virtualization=on", "-cpu", "cortex-a15");

    @TempDir
    private Path folder;

    private static void needQemu() {
        assumeTrue(
                Assembler.isInstalled(QemuOptions.DEFAULT_PROGRAM),
                "needs qemu-system-arm: apt-get install qemu-system-arm");
    }

    private QemuOptions threeCalls() throws IOException {
        needQemu();
        Assembler.assumeInstalled();
        List<String> arguments = new ArrayList<>(MACHINE);
        arguments.addAll(List.of(
                "-m", "64", "-kernel", Guest.threeCalls(".arm").build(folder).toString()));
        return QemuOptions.of(arguments).withTimeLimit(Duration.ofSeconds(60));
    }

    @AfterEach
    void noQemuIsLeft() {
        assertEquals(List.of(), qemus().stream().map(ProcessHandle::info).toList());
    }

    private static List<ProcessHandle> qemus() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("qemu"))
                .toList();
    }

    private static String failure(QemuOptions options) {
        return assertThrows(IOException.class, () -> QemuRecording.start(options, QemuListener.NONE)
                        .close())
                .getMessage();
    }

    private static String[] leftovers() {
        return new File(System.getProperty("java.io.tmpdir")).list((dir, name) -> name.matches("hyptrace[0-9]+"));
    }

    @Test
    void programThatIsMissing_isNamedWithHowToGetIt() {
        String message = failure(QemuOptions.of(MACHINE).withProgram("no-such-qemu"));
        assertTrue(message.startsWith("no-such-qemu cannot be started: "), message);
        assertTrue(message.endsWith("install it (Debian: apt-get install qemu-system-arm) or name it"), message);
    }

    @Test
    void programThatIsNoQemu_isSaidToHaveEnded() {
        assertEquals(
                "true ended with status 0: without a word",
                failure(QemuOptions.of(MACHINE).withProgram("true")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-frobnicate | qemu-system-arm ended with status 1: qemu-system-arm: -frobnicate: invalid option",
                "-cpu cortex-z80 | qemu-system-arm ended with status 1: qemu-system-arm: unable to find CPU model"
                        + " 'cortex-z80'",
            })
    void argumentsThatQemuRefuses_areReportedInItsWords(String arguments, String message) {
        needQemu();
        List<String> all = new ArrayList<>(MACHINE);
        all.addAll(List.of(arguments.split(" ")));
        assertEquals(message, failure(QemuOptions.of(all)));
    }

    @Test
    void machineWithoutHypMode_isReportedWithTheRemedy() {
        needQemu();
        assertEquals(
                "QEMU's machine 'virt cortex-a15' has no Hyp mode: it describes no HVBAR"
                        + " (for virt: -M virt,virtualization=on)",
                failure(QemuOptions.of(List.of("-M", "virt", "-cpu", "cortex-a15"))));
    }

    @Test
    void imageThatIsMissing_isNamed() {
        Path missing = folder.resolve("vmlinuz");
        List<String> arguments = new ArrayList<>(MACHINE);
        arguments.addAll(List.of("-kernel", missing.toString()));
        assertEquals(missing + ": there is no such image", failure(QemuOptions.of(arguments)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-S", "-s", "--gdb", "-daemonize"})
    void argumentThatIsTheRecordersOwn_isRefused(String argument) {
        List<String> arguments = List.of("-M", "virt", argument);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> QemuRecording.start(QemuOptions.of(arguments), QemuListener.NONE));
        assertTrue(e.getMessage().startsWith("leave out " + argument + " of QEMU's arguments"), e.getMessage());
    }

    @Test
    void qemuThatIsKilled_isReportedAndWhatWasRecordedIsKept() throws IOException {
        List<Event> events = new ArrayList<>();
        QemuListener killer = new QemuListener() {
            @Override
            public void hypercall(int number, OptionalInt site, OptionalInt immediate) {
                if (number == 2) {
                    qemus().forEach(ProcessHandle::destroyForcibly);
                }
            }
        };
        try (QemuRecording recording = QemuRecording.start(threeCalls(), killer)) {
            IOException e = assertThrows(IOException.class, () -> recording.record(events::add));
            assertEquals("qemu-system-arm was killed by signal 9: without a word", e.getMessage());
        }
        List<Hypercall> calls = Recorded.hypercalls(events);
        assertEquals(2, calls.size());
        assertEquals(Hypercall.Outcome.RETURNED, calls.get(0).outcome());
        assertEquals(Hypercall.Outcome.NEVER_RETURNED, calls.get(1).outcome());
        Event last = events.get(events.size() - 1);
        assertTrue(
                ((Event.Note) last).text().startsWith("the recording broke off: QEMU's GDB stub: "), last.toString());
    }

    @Test
    void sinkThatFails_endsTheRecordingWithItsOwnException() throws IOException {
        EventSink full = event -> {
            if (event instanceof Event.ExceptionEntry) {
                throw new IOException("out.htr: No space left on device");
            }
        };
        try (QemuRecording recording = QemuRecording.start(threeCalls(), QemuListener.NONE)) {
            IOException e = assertThrows(IOException.class, () -> recording.record(full));
            assertEquals("out.htr: No space left on device", e.getMessage());
        }
    }

    @Test
    void requestToStop_endsTheRecordingInOrder() throws IOException {
        List<Event> events = new ArrayList<>();
        QemuRecording[] self = new QemuRecording[1];
        QemuListener stopper = new QemuListener() {
            @Override
            public void hypercall(int number, OptionalInt site, OptionalInt immediate) {
                self[0].requestStop();
            }
        };
        try (QemuRecording recording = QemuRecording.start(threeCalls(), stopper)) {
            self[0] = recording;
            FollowSummary summary = recording.record(events::add);
            assertEquals(End.REQUESTED, summary.end());
            assertEquals(1, summary.hypercalls());
        }
    }

    @Test
    void closing_leavesNoSocketBehind() throws IOException {
        String[] before = leftovers();
        QemuRecording recording = QemuRecording.start(threeCalls(), QemuListener.NONE);
        assertEquals(before.length + 1, leftovers().length);
        assertEquals(1, qemus().size());
        recording.close();
        assertEquals(before.length, leftovers().length);
        recording.close();
    }

    @Test
    void whatTheGuestPrints_isHandedOnLineByLine() throws IOException {
        needQemu();
        Assembler.assumeInstalled();
        String print = """
                ldr r1, =0x09000000
                mov r0, #'H'
                str r0, [r1]
                mov r0, #'i'
                str r0, [r1]
                mov r0, #10
                str r0, [r1]
                hvc #0
                """;
        List<String> arguments = new ArrayList<>(MACHINE);
        arguments.addAll(List.of(
                "-kernel", new Guest(".arm", print, "eret").build(folder).toString()));
        List<String> lines = new CopyOnWriteArrayList<>();
        QemuListener listener = new QemuListener() {
            @Override
            public void console(String line) {
                lines.add(line);
            }
        };
        try (QemuRecording recording = QemuRecording.start(QemuOptions.of(arguments), listener)) {
            assertEquals(End.EXITED, recording.record(event -> {}).end());
        }
        assertEquals(List.of("Hi"), lines);
    }

    @Test
    void header_saysWhatWasStartedAndOfWhat() throws IOException {
        QemuOptions options = threeCalls();
        try (QemuRecording recording = QemuRecording.start(options, QemuListener.NONE)) {
            var header = recording.header();
            assertEquals("qemu-gdb", header.source());
            assertTrue(header.tool().startsWith("QEMU emulator version "), header.tool());
            assertEquals("virt,virtualization=on cortex-a15", header.machine());
            List<String> expected = new ArrayList<>(List.of("qemu-system-arm"));
            expected.addAll(options.arguments());
            expected.addAll(List.of("-nographic", "-no-reboot"));
            assertEquals(expected, header.commandLine());
            assertEquals("guest.elf", header.images().get(0).name());
            assertEquals(
                    sha256(folder.resolve("guest.elf")), header.images().get(0).sha256());
            assertEquals("rewound", header.attributes().get("state-at-hvc"));
            assertFalse(header.attributes().containsKey("registers-not-known"), header.toString());
        }
    }

    private static String sha256(Path file) throws IOException {
        Process process = new ProcessBuilder("sha256sum", file.toString()).start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                .substring(0, 64);
    }

    @Test
    void argumentsOfQemu_areReadAsQemuReadsThem() {
        QemuArguments arguments = new QemuArguments(List.of(
                "--machine",
                "virt",
                "-M",
                "virt,virtualization=on",
                "-cpu",
                "cortex-a7",
                "-display",
                "none",
                "-device",
                "loader,file=a,,b.bin,addr=0x50000000",
                "-initrd",
                "i",
                "-action",
                "reboot=none"));
        assertEquals("virt,virtualization=on cortex-a7", arguments.machine());
        assertEquals(14, arguments.completed().size());
        assertEquals(
                List.of(
                        new QemuArguments.ImageFile("a,b.bin", java.util.Optional.of(0x5000_0000)),
                        new QemuArguments.ImageFile("i", java.util.Optional.empty())),
                arguments.images());
    }
}
