package dev.hyptrace.recorder.ds5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Mode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of both forms: excerpts of real ones, and what is missing or wrong in one. */
class Ds5TraceTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "ds5");
    private static final String HEADER =
            "Record Type\tIndex\tAddress\t0x + Opcode\tCycles\tDetail\tBranch\tCondition Failure\n";

    /** What a table was read as. */
    record Read(List<Event> events, TextReport report) {
        List<String> outline() {
            return events.stream().map(Ds5TraceTest::shortly).toList();
        }
    }

    private static String shortly(Event event) {
        if (event instanceof Event.Step step) {
            String code =
                    step.instruction().map(known -> known.set() + " " + known).orElse("?");
            return Hex.digits(step.address()) + " " + code;
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return entry.kind() + " " + mode(entry.from()) + ">" + mode(entry.to()) + " " + entry.atVector();
        }
        if (event instanceof Event.ExceptionReturn back) {
            return "return " + mode(back.from()) + ">" + mode(back.to()) + " " + back.after();
        }
        return event instanceof Event.Gap gap ? "gap " + gap.reason() : "note " + ((Event.Note) event).text();
    }

    private static String mode(Optional<Mode> mode) {
        return mode.map(Mode::suffix).orElse("?");
    }

    static Read read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            TextReport report = Ds5Trace.read(file.getFileName().toString(), in, events::add);
            return new Read(events, report);
        }
    }

    private static Read read(String text) throws IOException {
        List<Event> events = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new Read(events, Ds5Trace.read("test", in, events::add));
    }

    private static String row(String address, String opcode, String failure) {
        return "Instruction\t0\t" + address + "\t" + opcode + "\t1\t\tfalse\t" + failure + "\n";
    }

    @Test
    void table_becomesSteps() throws IOException {
        Read read = read(SAMPLES.resolve("tc2-0x13-excerpt.txt"));
        assertEquals(List.of(), read.report().problems());
        assertEquals(
                List.of(
                        "note Debug stop",
                        "note Timestamp: 562537008076",
                        "note context: Secure, not Hyp mode",
                        "c0018d82 T32 eb02 0385",
                        "c0018d86 T32 68db",
                        "c0018d88 T32 b1f3",
                        "c0018dc8 T32 eb02 0285",
                        "c0018dcc T32 f8d2 8014",
                        "c0018dd0 T32 f1b8 0f00",
                        "c0018dd4 T32 d1d9",
                        "c0018dd6 T32 4628",
                        "c0018dd8 T32 4641",
                        "c0018dda T32 f281 f8b9",
                        "gap Tracing disabled",
                        "c0018dde T32 4640"),
                read.outline().subList(0, 15));
        assertEquals(2, read.report().count(Ds5Parser.FAILED));
        assertEquals(
                List.of("c004f52c ?"),
                read.outline().stream().filter(line -> line.endsWith(" ?")).toList());
    }

    /** The pieces of the excerpt do not follow from each other; what DS-5 could not read is missing, too. */
    @Test
    void whatIsMissing_isAGap() throws IOException {
        List<String> outline = read(SAMPLES.resolve("tc2-0x13-excerpt.txt")).outline();
        assertTrue(outline.contains("gap 0xc000c8ee does not follow from 0xc00369a6"), outline::toString);
        int back = outline.indexOf("return ?>? {PC=0xc02f5b4e}");
        assertEquals(-1, back);
        int lost = outline.indexOf("return ?>? {}");
        assertEquals("c000c8f4 T32 e9bd c000", outline.get(lost - 1));
        assertEquals(
                List.of(
                        "note Timestamp: 562537008768",
                        "gap S:0xC02F5B4E: Cannot access target memory",
                        "gap S:?: Unknown instruction address",
                        "gap S:?: Unknown instruction address",
                        "gap S:?: Unknown instruction address",
                        "gap Tracing disabled"),
                outline.subList(lost + 1, lost + 7));
    }

    @Test
    void tableWithoutHeader_becomesStepsOfBothSets() throws IOException {
        Read read = read(SAMPLES.resolve("a15-excerpt.txt"));
        assertEquals(List.of(), read.report().problems());
        List<String> outline = read.outline();
        assertEquals(
                List.of(
                        "note Debug stop",
                        "gap Exit from debug state",
                        "note context: Secure, not Hyp mode",
                        "80000554 A32 eb000591",
                        "note Exception: HALTEXCP (1)",
                        "UNKNOWN ?>? {}",
                        "gap Exit from debug state",
                        "80001ba0 A32 ee110f10"),
                outline.subList(0, 8));
        int exchange = outline.indexOf("80000574 A32 fa00008c");
        assertEquals(List.of("800007ac T32 b40f", "800007ae T32 b51c"), outline.subList(exchange + 1, exchange + 3));
        assertEquals("80000f8a T32 e9cd 3101", outline.get(outline.size() - 2));
        assertEquals(0, read.report().count(Ds5Parser.NO_SET));
    }

    /** 0xeb000591 is BL in A32 and ADD in T32: where it goes tells which it was. */
    @Test
    void eightDigits_areOfTheSetThatLeadsToTheNextAddress() throws IOException {
        assertEquals(
                List.of("A32", "A32"),
                sets(row("S:0x80000554", "0xEB000591", "") + row("S:0x80001BA0", "0xEB000591", "")));
        assertEquals(
                List.of("T32", "T32"), sets(row("S:0x80000554", "0xEB000591", "") + row("S:0x80000558", "0x4640", "")));
        assertEquals(
                List.of("T32", "T32"),
                sets(row("S:0x80000556", "0xEB000591", "") + row("S:0x8000055A", "0xEB000591", "")));
    }

    /** POP {r4, pc} in both sets, and nothing around it that tells. */
    @Test
    void eightDigitsThatCanBeBoth_keepNoEncoding() throws IOException {
        Read read = read(HEADER + row("S:0x80000500", "0xE8BD8010", "") + row("S:0x80000528", "0xE8BD8010", ""));
        assertEquals(List.of("note context: Secure, not Hyp mode", "80000500 ?", "80000528 ?"), read.outline());
        assertEquals(2, read.report().count(Ds5Parser.NO_SET));
    }

    @Test
    void disassembly_tellsWhatIsTheOneOnly() throws IOException {
        String text = "Address\tDetail\tRecord Type\t0x + Opcode\n";
        Read read = read(text + "S:0x8000\tBL {pc}\tInstruction\t0xEB000591\n" + "S:?\tx\tInstruction\t0x?\n"
                + "S:0x8000\tADD r3,r6\tInstruction\t0xF506638F\n" + "S:?\tx\tInstruction\t0x?\n"
                + "S:0x8000\tADD r5,r0\tInstruction\t0xEB000591\n");
        assertEquals(
                List.of("00008000 A32 eb000591", "00008000 T32 f506 638f", "00008000 T32 eb00 0591"),
                read.outline().stream().filter(line -> line.startsWith("0")).toList());
    }

    private static List<String> sets(String rows) throws IOException {
        return read(HEADER + rows).events().stream()
                .filter(Event.Step.class::isInstance)
                .map(event ->
                        ((Event.Step) event).instruction().orElseThrow().set().name())
                .toList();
    }

    @Test
    void failedCondition_isFollowedByTheNextInstruction() throws IOException {
        Read read = read(HEADER + row("S:0x80000554", "0xEB000591", "fail") + row("S:0x80000558", "0xE1A00000", ""));
        assertEquals(
                List.of("note context: Secure, not Hyp mode", "80000554 A32 eb000591", "80000558 A32 e1a00000"),
                read.outline());
        assertEquals(1, read.report().count(Ds5Parser.FAILED));
    }

    @Test
    void hypercall_isAnEntryToHypModeByItsAddressSpace() throws IOException {
        String text = HEADER + row("N:0x40000078", "0xE1412374", "")
                + "Info\t\t\t\t\tException: HYP (3)\t\t\n" + row("H:0x40000114", "0xEA000005", "")
                + row("H:0x40000130", "0xE160006E", "") + "Info\t\t\t\t\tReturn from exception\t\t\n"
                + row("N:0x4000007C", "0xE2803001", "");
        assertEquals(
                List.of(
                        "note context: Non-secure, not Hyp mode",
                        "40000078 A32 e1412374",
                        "HYPERVISOR_CALL ?>hyp {PC=0x40000114}",
                        "note context: Non-secure, Hyp mode",
                        "40000114 A32 ea000005",
                        "40000130 A32 e160006e",
                        "return hyp>? {PC=0x4000007c}",
                        "note context: Non-secure, not Hyp mode",
                        "4000007c A32 e2803001"),
                read(text).outline());
    }

    @ParameterizedTest
    @CsvSource({"SVC, 10, SUPERVISOR_CALL ?>svc", "IRQ, 14, IRQ ?>irq", "PABT, 11, PREFETCH_ABORT ?>abt"})
    void exceptions_areKindsByTheirNumber(String name, int number, String expected) throws IOException {
        String text = HEADER + row("N:0x40000078", "0xE1A00000", "") + "Info\t\t\t\t\tException: " + name + " ("
                + number + ")\t\t\n" + row("N:0x40000118", "0xEA000005", "");
        assertTrue(read(text).outline().contains(expected + " {PC=0x40000118}"), expected);
    }

    @Test
    void function_isANoteUnlessUnknown() throws IOException {
        Read read = read(HEADER + "Function\t0\tS:0xC002115C\t\t\t<Unknown>\t\t\n"
                + "Function\t0\tS:0xC0021160\t\t\tdo_fork\t\t\n" + row("S:0xC0021160", "0x4640", ""));
        assertEquals("note function do_fork at S:0xC0021160", read.outline().get(0));
        assertEquals(2, read.report().count("Function"));
        assertEquals(3, read.events().size());
    }

    @Test
    void columnsInAnotherOrder_areFoundByTheirNames() throws IOException {
        assertEquals(
                List.of("note context: Non-secure, not Hyp mode", "00008000 T32 4640"),
                read("Address\tDetail\tRecord Type\t0x + Opcode\nN:0x00008000\tMOV r0,r8\tInstruction\t0x4640\n")
                        .outline());
    }

    @Test
    void aarch64_isRefused() {
        assertEquals(
                "test: line 1: the address 0xffffffc000781e8c, expected 32 bits, of a processor in AArch32 state",
                assertThrows(
                                TraceFormatException.class,
                                () -> read("EL1N:0xFFFFFFC000781E8C\t2A0003F4\tMOV      w20,w0\n"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S:80000554\t0x4640", "S:0x80000554\t0x46401", "S:0x80000554\t0xzzzz", "\t0x4640"})
    void instructionThatCannotBeRead_isAProblemAndAGap(String cells) throws IOException {
        Read read = read(HEADER + "Instruction\t0\t" + cells + "\t1\tX\tfalse\t\n");
        assertEquals(1, read.report().problemCount());
        assertTrue(read.report().problems().get(0).startsWith("test: line 2: the address '"), read.report()::toString);
        assertEquals(List.of("gap a line that cannot be read"), read.outline());
    }

    @Test
    void cutTable_leavesOutItsLastLine() throws IOException {
        String text = HEADER + row("S:0xC0021160", "0x4640", "");
        Read read = read(text + "Instruction\t1\tS:0xC0021162\t0x46");
        assertEquals(1, read.report().count(Ds5Parser.STEPS));
        assertEquals(
                List.of("test: line 3: the file is cut in the middle of this line, which is left out"),
                read.report().problems());
    }

    @Test
    void beginning_isRecognised() throws IOException {
        for (String name : List.of("tc2-0x13-excerpt.txt", "tc2-0x10-excerpt.txt", "a15-excerpt.txt")) {
            byte[] head = Files.readAllBytes(SAMPLES.resolve(name));
            assertTrue(Ds5Trace.looksLike(head), name);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(head);
            }
            assertTrue(Ds5Trace.looksLike(packed.toByteArray()), name);
        }
        assertFalse(Ds5Trace.looksLike("a\tb\tc\n".getBytes(StandardCharsets.US_ASCII)));
        assertThrows(TraceFormatException.class, () -> read("a\tb\tc\n"));
    }
}
