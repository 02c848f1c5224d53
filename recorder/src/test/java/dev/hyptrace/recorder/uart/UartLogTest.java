package dev.hyptrace.recorder.uart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded consoles, and lines of them on their own. */
class UartLogTest {
    static final String OOPS = "linux-5.4-oops.uart.gz";

    private static final Path FOLDER = Path.of("..", "traces", "samples", "uart");

    /** The numbers are those of {@code zgrep -c} for the words of the line. */
    @ParameterizedTest
    @CsvSource({
        "debian-6.1-hyp.uart.gz,      1, 0, 1, 0, 0, 0",
        "linux-5.4-svc.uart.gz,       0, 1, 0, 0, 0, 1",
        "linux-5.4-oops.uart.gz,      1, 0, 1, 0, 0, 0",
        "linux-5.4-kvm-icount.uart.gz,1, 0, 1, 0, 1, 0",
        "boards.uart.gz,              3, 0, 3, 2, 1, 0"
    })
    void bootLines_areAsManyAsInTheText(
            String name, int hyp, int svc, int extensions, int differ, int kvm, int kvmWithout) throws IOException {
        TextReport report = readFile(name, new ArrayList<>());
        assertEquals(hyp, report.count("boot mode HYP"));
        assertEquals(svc, report.count("boot mode SVC"));
        assertEquals(extensions, report.count("Virtualization Extensions usable"));
        assertEquals(differ, report.count("boot modes differ"));
        assertEquals(kvm, report.count("KVM in Hyp mode"));
        assertEquals(kvmWithout, report.count("KVM without Hyp mode"));
        assertEquals(List.of(), report.problems());
        assertTrue(UartLog.looksLike(bytes(name)));
    }

    @Test
    void oops_isOneSnapshotOfAllItsRegisters() throws IOException {
        List<Event> events = new ArrayList<>();
        assertEquals(1, readFile(OOPS, events).count(UartParser.DUMPS));
        Event.Snapshot dump = snapshots(events).get(0);
        assertEquals("Internal error: Oops: 206 [#1] SMP ARM", dump.reason());
        assertEquals(0, dump.cpu());
        State.Builder expected = State.builder();
        int[] values = {0xc02a3794, 0, 0, 0, 0xc02a3720, 0xcf834518, 0xc02ada5c, 0, 0xc02a3768, 0, 0, 0, 7};
        for (int i = 0; i < values.length; i++) {
            expected.known(Register.r(i), values[i]);
        }
        expected.known(Register.SP_SVC, 0xcf85deb8).known(Register.LR_SVC, 0xc014ad10);
        expected.known(Register.PC, 0xc014ad14).known(Register.CPSR, 0x60000053);
        assertEquals(expected.build(), dump.state());
    }

    @Test
    void bootMode_isANoteThatSaysWhatItMeans() throws IOException {
        assertEquals(
                List.of(
                        new Event.Note(
                                0,
                                "boot modes differ: CPU: WARNING: CPU(s) started in wrong/inconsistent modes"
                                        + " (primary CPU mode 0x13)"),
                        new Event.Note(0, "KVM failed in Hyp mode: kvm [1]: error initializing Hyp mode: -19")),
                events("""
                        <4>[    0.1] CPU: WARNING: CPU(s) started in wrong/inconsistent modes (primary CPU mode 0x13)\r
                        kvm [1]: error initializing Hyp mode: -19
                        """));
    }

    @Test
    void dumpWithLinesBetween_isStillOne() throws IOException {
        List<Event> events = events("""
                [    1.0] CPU: 1 PID: 7 Comm: x Not tainted 5.4 #1
                [    1.0] pc : [<c0000000>]    lr : [<c0000004>]    psr: 600000da
                [    1.0] usb 1-1: new device
                [    1.0] sp : 00000010  ip : 00000011  fp : 00000012
                [    1.0] Flags: nZCv  IRQs off  FIQs off  Mode HYP_32  ISA ARM  Segment user
                """);
        Event.Snapshot dump = snapshots(events).get(0);
        assertEquals(1, dump.cpu());
        assertEquals(
                List.of(Register.R11, Register.R12, Register.SP_HYP, Register.LR_USR, Register.PC, Register.CPSR),
                dump.state().registers());
    }

    @Test
    void dumpWithoutStatus_takesTheModeOrLeavesItsRegistersOut() throws IOException {
        String registers = """
                pc : [<7ff70000>]\t   lr : [<(ptrval)>]
                sp : 00000010  ip : 00000011  fp : 00000012
                r3 : 00000003  r2 : 00000002  r1 : 00000001  r0 : 00000000
                """;
        String flags = "Flags: nZCv  IRQs off  FIQs off  Mode FIQ_32\n";
        assertEquals(
                List.of(Register.R0, Register.R1, Register.R2, Register.R3, Register.PC),
                snapshots(events(registers)).get(0).state().registers());
        assertEquals(
                List.of(
                        Register.R0,
                        Register.R1,
                        Register.R2,
                        Register.R3,
                        Register.R11_FIQ,
                        Register.R12_FIQ,
                        Register.SP_FIQ,
                        Register.PC),
                snapshots(events(registers + flags + "x\n")).get(0).state().registers());
    }

    @Test
    void pattern_givesTheRegistersThatItNames() throws IOException {
        LinePattern pattern = LinePattern.of(
                "trap cpu=(?<cpu>\\d+) r0=(?<r0>[0-9a-f]{8}) elr=0x(?<ELRhyp>[0-9a-f]+)( psr=(?<psr>\\w+) sp=(?<sp>\\w+))?");
        List<Event> events = events(
                "trap cpu=1 r0=0000000a elr=0x80\ntrap cpu=0 r0=00000000 elr=0x84 psr=600001da sp=1000\n", pattern);
        assertEquals(
                2,
                events.size()
                        - events.stream().filter(Event.Note.class::isInstance).count());
        Event.Snapshot first = snapshots(events).get(0);
        assertEquals(1, first.cpu());
        assertEquals("{R0=0x0000000a ELR_hyp=0x00000080}", first.state().toString());
        assertEquals(
                List.of(Register.R0, Register.SP_HYP, Register.CPSR, Register.ELR_HYP),
                snapshots(events).get(1).state().registers());
    }

    @Test
    void patternThatMatchesNoNumber_isAProblemOfTheLine() throws IOException {
        List<Event> events = new ArrayList<>();
        TextReport report = read("pc=zz\nLinux version 5\n", events, LinePattern.of("pc=(?<pc>\\w+)"));
        assertEquals(
                List.of("test: line 1: the group 'pc' matches a text that is no number of its register"),
                report.problems());
    }

    @Test
    void patternThatBacktracksWithoutEnd_isGivenUp() throws IOException {
        String line = "a".repeat(900) + "!\n";
        List<Event> events = new ArrayList<>();
        TextReport report = read("Linux version 5\n" + line.repeat(1000), events, LinePattern.of("^(?:a+)+(?<r0>0)$"));
        assertEquals(20, report.problemCount());
        assertEquals(
                "test: line 2: the pattern '^(?:a+)+(?<r0>0)$' takes too many steps on this line",
                report.problems().get(0));
        assertTrue(report.problems().get(19).endsWith(", and it is not tried on more lines"));
    }

    /** In a class of characters, or quoted, it is text like any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(?<psr>]*r0=(?<r0>[0-9a-f]+)",
                "\\Q(?<psr>\\E|r0=(?<r0>[0-9a-f]+)",
                "r0=(?<r0>\\w+)|\\\\(?<psr>x)|[(?<cpu>]"
            })
    void patternWithWhatOnlyLooksLikeAGroup_isLookedFor(String expression) throws IOException {
        List<Event> events = new ArrayList<>();
        TextReport report = read("r0=12\nLinux version 5\n", events, LinePattern.of(expression));
        assertEquals(List.of(), report.problems());
        assertEquals(0x12, ((Event.Snapshot) events.get(0)).state().require(Register.R0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<r0>[0-9",
                "r0=([0-9]+)",
                "(?<r16>x)",
                "(?<elrhypp>x)",
                "(?<cpu>1)",
            })
    void patternThatIsNone_isRefused(String expression) {
        assertThrows(IllegalArgumentException.class, () -> LinePattern.of(expression));
    }

    @Test
    void otherText_isRefused() {
        assertEquals(
                "test: line 1: no line up to here is of a console log of a Linux kernel on an Arm processor (boot mode,"
                        + " KVM or registers), or what a pattern matches: it begins with 'hello'",
                assertThrows(TraceFormatException.class, () -> events("hello\n"))
                        .getMessage());
        assertFalse(UartLog.looksLike("hello\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<Event.Snapshot> snapshots(List<Event> events) {
        return events.stream()
                .filter(Event.Snapshot.class::isInstance)
                .map(Event.Snapshot.class::cast)
                .toList();
    }

    private static List<Event> events(String text, LinePattern... patterns) throws IOException {
        List<Event> events = new ArrayList<>();
        read(text, events, patterns);
        return events;
    }

    private static TextReport read(String text, List<Event> events, LinePattern... patterns) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return UartLog.read("test", new ByteArrayInputStream(bytes), List.of(patterns), events::add);
    }

    private static TextReport readFile(String name, List<Event> events) throws IOException {
        return UartLog.read(name, new ByteArrayInputStream(bytes(name)), List.of(), events::add);
    }

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    static byte[] text(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)))) {
            return in.readAllBytes();
        }
    }
}
