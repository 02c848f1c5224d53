package dev.hyptrace.recorder.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.ftrace.SampleTracesTest.Read;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kernel's texts, each tool's columns, and what is missing or wrong in them. */
class FtraceFormsTest {
    private static final String CPU = "            init-1       [000] d...     0.271601: ";

    @Test
    void linux39_hvc_isToldByItsOwnEvent() throws IOException {
        assertEquals(
                List.of("return 80000000", "HYPERVISOR_CALL 80000008 HSR 4a000000", "return 80000008"),
                outline(CPU + "kvm_entry: PC: 0x80000000\n" + CPU + "kvm_exit: PC: 0x80000008\n" + CPU
                        + "kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0\n" + CPU
                        + "kvm_entry: PC: 0x80000008\n"));
    }

    @Test
    void linux39_fault_hasItsNumbersInAnotherOrder() throws IOException {
        assertEquals(
                List.of("DATA_ABORT 8000001c HSR 93820045"),
                outline(CPU + "kvm_exit: PC: 0x8000001c\n" + CPU + "kvm_guest_fault: guest fault at PC 0x8000001c"
                        + " (hxfar 0x10000000, ipa       0x10000000, hsr 0x93820045\n"));
    }

    @Test
    void linux39_exitWithoutMore_isOfAnUnknownKind() throws IOException {
        assertEquals(List.of("UNKNOWN 8000001c"), outline(CPU + "kvm_exit: PC: 0x8000001c\n"));
    }

    @Test
    void linux41_exceptionClass_isNotBelieved() throws IOException {
        assertEquals(List.of("UNKNOWN 80000050"), outline(CPU + "kvm_exit: HSR_EC: 0x0012, PC: 0x80000050\n"));
        assertEquals(
                List.of("HYPERVISOR_CALL 80000050 HSR 4a000123"),
                outline(CPU + "kvm_exit: HSR_EC: 0x0012, PC: 0x80000050\n" + CPU
                        + "kvm_hvc: HVC at 0x80000050 (r0: 0x00000001, imm: 0x123\n"));
    }

    @Test
    void linux41_wait_isATrap() throws IOException {
        String exit = CPU + "kvm_exit: HSR_EC: 0x0001, PC: 0x80000050\n";
        assertEquals(
                List.of("HYP_TRAP 80000050"), outline(exit + CPU + "kvm_wfx: guest executed wfe at: 0x80000050\n"));
        assertEquals(
                List.of("HYP_TRAP 80000050"), outline(exit + CPU + "kvm_wfi: guest executed wfi at: 0x80000050\n"));
    }

    @Test
    void linux44_interruptWithAStaleClass_isAnInterrupt() throws IOException {
        assertEquals(
                List.of("IRQ 80000050", "FIQ 80000050"),
                outline(CPU + "kvm_exit: IRQ: HSR_EC: 0x0012 (HVC), PC: 0x80000050\n" + CPU
                                + "kvm_exit: FIQ: HSR_EC: 0x0024 (DABT), PC: 0x80000050\n")
                        .stream()
                        .filter(line -> !line.startsWith("gap"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init-1 [000] 0.312834: kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0",
                "  init-1     [000]     0.312834: kvm_hvc:              HVC at 0x80000008 (r0: 0x84000000, imm: 0x0",
                "init     1 [000]     0.312834: kvm:kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0",
                "CPU 0/KVM  10/11 [003] 12345.312834:       kvm:kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0",
                "       CPU 0/KVM-11    (     10) [001] d..2.    0.312834: kvm_hvc: HVC at 0x80000008 (r0: 0x84000000,"
                        + " imm: 0x0)",
                "           <...>-11    (-------) [001] .... 31283400: kvm_hvc: HVC at 0x80000008 (r0: 0x84000000,"
                        + " imm: 0x0",
                "[my] [0] x-11 [001] d... 0.312834: kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0\r"
            })
    void columns_ofEveryTool_areRead(String line) throws IOException {
        assertEquals(List.of("HYPERVISOR_CALL 80000008 HSR 4a000000"), outline(line + "\n"));
        assertTrue(Ftrace.looksLike((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void threads_onOneProcessor_areProcessorsOfTheirOwn() throws IOException {
        Read read = read("""
                a-10 [000] 1.0: kvm_exit: HVC: HSR_EC: 0x0012 (HVC), PC: 0x00001004
                a-10 [000] 1.0: kvm_hvc: HVC at 0x00001004 (r0: 0x00000001, imm: 0x0
                b-11 [000] 1.1: kvm_entry: PC: 0x00002000
                a-10 [001] 1.2: kvm_entry: PC: 0x00001004
                """);
        assertEquals(1, read.hypercalls().size());
        assertEquals("RETURNED", read.hypercalls().get(0).outcome().name());
        assertEquals(
                List.of(
                        new Event.Note(0, "virtual processor 0 is the thread a-10"),
                        new Event.Note(1, "virtual processor 1 is the thread b-11")),
                read.events().stream().filter(Event.Note.class::isInstance).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CPU:0 [LOST 12 EVENTS]",
                "CPU:0 [LOST EVENTS]",
                "CPU:2 [12 EVENTS DROPPED]",
                "##### CPU 2 buffer started ####",
                "init 1 [000] 0.3: PERF_RECORD_LOST lost 12",
                "# entries-in-buffer/entries-written: 7/9   #P:1"
            })
    void lostEvents_areAGapOnEveryProcessor(String lost) throws IOException {
        Read read = read("a-10 [000] 1.0: kvm_exit: IRQ: HSR_EC: 0x0000 (UNKNOWN), PC: 0x00001004\n"
                + "b-11 [001] 1.1: kvm_entry: PC: 0x00002000\n" + lost + "\n"
                + "a-10 [000] 1.2: kvm_entry: PC: 0x00001004\n");
        assertEquals(
                List.of(0, 1),
                read.events().stream()
                        .filter(Event.Gap.class::isInstance)
                        .map(Event::cpu)
                        .sorted()
                        .toList());
        assertEquals(List.of(), read.report().problems());
    }

    @Test
    void eventsOverwrittenAtTheStart_areOneGapThere() throws IOException {
        assertEquals(
                List.of("gap 21 events before these were overwritten", "return 80000000"),
                outline("# tracer: nop\n#\n# entries-in-buffer/entries-written: 99/120   #P:1\n" + CPU
                        + "kvm_entry: PC: 0x80000000\n"));
    }

    @Test
    void entryAndExit_outOfTurn_haveAGapBetween() throws IOException {
        String entry = CPU + "kvm_entry: PC: 0x80000000\n";
        assertEquals(3, outline(entry + entry).size());
        String hvc = CPU + "kvm_hvc: HVC at 0x80000008 (r0: 0x84000000, imm: 0x0\n";
        assertEquals(
                List.of(
                        "HYPERVISOR_CALL 80000008 HSR 4a000000",
                        "gap kvm_exit follows an exit, expected the kvm_entry between them",
                        "HYPERVISOR_CALL 80000008 HSR 4a000000"),
                outline(hvc + hvc));
    }

    @Test
    void eventOfOtherSubsystems_isCountedAndNotKept() throws IOException {
        Read read = read(CPU + "sched_switch: prev_comm=a\n" + CPU + "kvm_entry: PC: 0x80000000\n");
        assertEquals(1, read.report().count("events that are not of KVM"));
        assertEquals(2, read.events().size());
    }

    @Test
    void eventThatKvmDoesNotPrintSo_isAProblemOfItsLine() throws IOException {
        Read read = read(CPU + "kvm_entry: PC: 0x80000000\n" + CPU + "kvm_entry: vcpu 0\n" + CPU
                + "kvm_hvc: HVC at 0x80000008 (r0: 0x1, imm: 0x12345\n");
        assertEquals(
                List.of(
                        "test: line 2: kvm_entry says 'vcpu 0', expected what KVM prints on a 32-bit Arm processor",
                        "test: line 3: kvm_hvc says 'HVC at 0x80000008 (r0: 0x1, imm: 0x12345', expected what KVM prints"
                                + " on a 32-bit Arm processor"),
                read.report().problems());
    }

    @Test
    void lastLineCut_isLeftOutUnlessItsNumberIsWhole() throws IOException {
        Read whole = read(CPU + "kvm_entry: PC: 0x80000000");
        assertEquals(List.of(), whole.report().problems());
        assertEquals(1, whole.count(Event.ExceptionReturn.class));
        Read cut = read(CPU + "kvm_entry: PC: 0x80000000\n" + CPU + "kvm_exit: PC: 0x8000");
        assertEquals(
                List.of("test: line 2: the file is cut in the middle of this line, which is left out"),
                cut.report().problems());
        assertEquals(0, cut.count(Event.ExceptionEntry.class));
    }

    @Test
    void guestInAArch64State_isRefused() {
        assertRefused(
                CPU + "kvm_entry: PC: 0xffff000010080000\n",
                "test: line 1: 0xffff000010080000 in an event of KVM, expected the 32 bits of a guest in AArch32 state");
        assertRefused(
                CPU + "kvm_exit: TRAP: HSR_EC: 0x0016 (HVC64), PC: 0x0000000040080000\n",
                "test: line 1: an exit of a guest in AArch64 state, expected AArch32");
    }

    @Test
    void textWithoutKvm_isRefused() {
        String expected = "an ftrace, trace-cmd or perf text with events of KVM (kvm_entry, kvm_exit, kvm_hvc)";
        assertRefused("", "test: line 1: the file is empty, expected " + expected);
        assertRefused("hello\n", "test: line 1: no line up to here is of " + expected + ": it begins with 'hello'");
        assertRefused(CPU + "sched_switch: x\n", "test: line 1: no line up to here is of " + expected);
        assertFalse(Ftrace.looksLike("hello\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assertRefused(String text, String message) {
        assertEquals(
                message,
                assertThrows(TraceFormatException.class, () -> read(text)).getMessage());
    }

    private static Read read(String text) throws IOException {
        return Read.of("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The events but for notes. */
    private static List<String> outline(String text) throws IOException {
        List<String> outline = new ArrayList<>();
        for (Event event : read(text).events()) {
            if (event instanceof Event.ExceptionEntry entry) {
                outline.add(entry.kind() + " "
                        + Hex.digits((int) entry.atVector().require(Register.ELR_HYP))
                        + (entry.atVector().has(Register.HSR)
                                ? " HSR " + Hex.digits((int) entry.atVector().require(Register.HSR))
                                : ""));
            } else if (event instanceof Event.ExceptionReturn exit) {
                outline.add("return " + Hex.digits((int) exit.after().require(Register.PC)));
            } else if (event instanceof Event.Gap gap) {
                outline.add("gap " + gap.reason());
            }
        }
        return outline;
    }
}
