package dev.hyptrace.recorder.qemulog;

import static dev.hyptrace.recorder.qemulog.LogText.SVC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Input that is no log, or only a part of one. */
class DamagedLogTest {
    private static final int NOP = 0xe320f000;

    @Test
    void emptyFile_isRefused() {
        assertRefused("", "test.log: line 1: the file is empty, expected a QEMU log");
    }

    @Test
    void textFile_isRefusedWithItsFirstLine() {
        assertRefused(
                "Dear board,\nwhy do you hang?\n",
                "test.log: line 2: no line up to here is of a QEMU log (-d in_asm,exec,cpu,int): it begins with"
                        + " 'Dear board,'");
    }

    @Test
    void binaryFile_isRefusedWithItsBytesInHexadecimal() {
        assertRefused(
                "\u0000\u0001ELF\u00ff",
                "test.log: line 1: no line up to here is of a QEMU log (-d in_asm,exec,cpu,int)");
        assertRefused(
                "\u0000\u0001ELF\u00ff\n",
                "test.log: line 1: no line up to here is of a QEMU log (-d in_asm,exec,cpu,int): it begins with"
                        + " '\\x00\\x01ELF\\xff'");
    }

    @Test
    void longTextFile_isRefusedBeforeItsEnd() {
        String error = assertRefused("no log\n".repeat(2_000_000));
        assertEquals("test.log: line 1198373", error.substring(0, error.indexOf(": no line")));
    }

    @Test
    void logOfAProcessorInAArch64State_isRefused() {
        assertRefused("""
                Trace 0: 0x7f00 [00000400/0000000000001000/00000060/ff000201]\s
                 PC=0000000040000000 X00=0000000000000000 X01=0000000000000000
                """, "test.log: line 2: registers of a processor in AArch64 state, expected AArch32");
    }

    @Test
    void logCutInTheMiddleOfALine_keepsEverythingBefore() throws IOException {
        String whole = log().toString();
        String cut = whole.substring(0, whole.lastIndexOf("R08") + 20);
        LogText.Result read = read(cut);
        assertEquals(List.of("step 1000", "step 1004"), read.outline());
        assertEquals(
                List.of("test.log: line 18: the log is cut in the middle of this line, which is left out"),
                read.report().problems());
        assertEquals(17, read.steps().get(0).before().size());
        // R0 to R7 came before the cut. R8 and up, and which SP it is, are unknown.
        assertEquals(9, read.steps().get(1).before().size());
        assertTrue(read.steps().get(1).before().isKnown(Register.R7));
        assertTrue(read.steps().get(1).before().isKnown(Register.PC));
    }

    @Test
    void logCutBehindARegisterLine_keepsThatLine() throws IOException {
        String whole = log().toString();
        LogText.Result read = read(whole.substring(0, whole.length() - 1));
        assertEquals(17, read.steps().get(1).before().size());
        assertEquals(List.of(), read.report().problems());
    }

    @Test
    void logCutInsideANumber_doesNotTakeTheNumber() throws IOException {
        String whole = log().taking(11, "Hypervisor Call", 1, 2, 0x4a001234).toString();
        LogText.Result read = read(whole.substring(0, whole.length() - 3));
        assertEquals(Value.UNKNOWN, read.entries().get(0).atVector().get(Register.HSR));
        assertEquals(1, read.report().problems().size());
    }

    @Test
    void compressedLogCutAnywhere_keepsWhatCanBeRead() throws IOException {
        byte[] whole = SampleLogs.bytes(SampleLogs.BARE_METAL_7);
        LogText.Result complete = LogText.read("whole", whole);
        LogText.Result read = LogText.read("cut.log.gz", Arrays.copyOf(whole, whole.length / 2));
        assertTrue(read.steps().size() > 20, "steps: " + read.steps().size());
        assertEquals(
                complete.steps().subList(0, read.steps().size() - 1),
                read.steps().subList(0, read.steps().size() - 1));
        assertTrue(
                read.report().problems().stream().anyMatch(problem -> problem.contains("compressed data is damaged")),
                read.report().problems().toString());
    }

    @Test
    void compressedLogWithADamagedHeader_isRefused() throws IOException {
        byte[] bytes = SampleLogs.bytes(SampleLogs.BARE_METAL_7);
        bytes[2] = 9;
        String error = assertThrows(TraceFormatException.class, () -> LogText.read("log.gz", bytes))
                .getMessage();
        assertEquals(
                "log.gz: line 1: the compressed data is damaged here (Unsupported compression method), expected a QEMU log",
                error);
    }

    @Test
    void compressedLogWithAFlippedByte_keepsWhatCameBefore() throws IOException {
        byte[] bytes = SampleLogs.bytes(SampleLogs.BARE_METAL_7);
        bytes[bytes.length - 6] ^= 0x40; // in the checksum
        LogText.Result read = LogText.read("flipped.log.gz", bytes);
        assertEquals(163, read.steps().size());
        assertEquals(1, read.report().problems().size());
    }

    @Test
    void compressedLog_isReadAsThePlainOne() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(log().bytes());
        }
        assertEquals(
                log().read().events(),
                LogText.read("log.gz", compressed.toByteArray()).events());
    }

    @Test
    void logWithCarriageReturns_isReadAsTheOneWithout() throws IOException {
        assertEquals(
                log().read().events(),
                read(log().toString().replace("\n", "\r\n")).events());
    }

    @Test
    void nulBytesBetweenLines_areANote() throws IOException {
        LogText.Result read = read(log().line("\u0000\u0000\u0000").toString());
        assertEquals(List.of("\\x00\\x00\\x00"), read.notes());
        assertEquals(2, read.steps().size());
    }

    @Test
    void registerLine_notAsQemuPrintsIt_leavesItsRegistersUnknown() throws IOException {
        LogText.Result read = read(log().toString().replaceFirst("R05=00000000", "R05=0000000g"));
        assertFalse(read.steps().get(0).before().has(Register.R5));
        assertFalse(read.steps().get(0).before().has(Register.R4));
        assertTrue(read.steps().get(0).before().has(Register.R3));
        assertEquals(1, read.notes().size());
    }

    @Test
    void psrLine_missing_leavesTheBankedRegistersUnknown() throws IOException {
        LogText.Result read = read(log().toString().replaceFirst("PSR=[^\n]*\n", ""));
        assertEquals(9, read.steps().get(0).before().size());
        assertFalse(read.steps().get(0).before().has(Register.R8), "it may be R8_fiq");
    }

    @Test
    void psrLine_ofNoMode_leavesStackPointerAndLinkUnknown() throws IOException {
        LogText.Result read = new LogText().step(0x1000, NOP, 0x600001c4).read();
        assertEquals(15, read.steps().get(0).before().size());
        assertTrue(read.steps().get(0).before().has(Register.R12));
    }

    @Test
    void registers_ofAnotherAddressThanTheTraceLine_areLeftOutAndReported() throws IOException {
        LogText.Result read = new LogText().trace(0x1000).registers(0x2000, SVC).read();
        assertEquals(List.of(Register.PC), read.steps().get(0).before().registers());
        assertTrue(read.report().problems().get(0).startsWith("test.log: line 6: registers end here whose R15"));
    }

    @Test
    void numbersTooLargeForTheirFields_areNotes() throws IOException {
        LogText.Result read = log().line("Taking exception 99999999999 [IRQ] on CPU 0")
                .line("Taking exception 5 [IRQ] on CPU 4000000000")
                .line("Taking exception 5 [IRQ] on CPU 1000")
                .line("Trace 999: 0x1 [0/1000/0/0]")
                .line("Trace 0: 0x1 [0/100000000/0/0]")
                .line("Trace 0: 0x11111111111111111 [0/1000/0/0]")
                .line("Exception return from AArch32 hyp to svc PC 0x123456789")
                .read();
        assertEquals(7, read.notes().size());
        assertEquals(2, read.steps().size());
        assertEquals(0, read.entries().size());
    }

    @Test
    void chatter_beyondTheLimit_isCountedOnly() throws IOException {
        LogText log = log();
        for (int i = 0; i < Output.MAX_NOTES + 5; i++) {
            log.line("chatter");
        }
        ImportReport report = log.read().report();
        assertEquals(Output.MAX_NOTES, report.count(Count.NOTES));
        assertEquals(5, report.count(Count.NOTES_LEFT_OUT));
    }

    @Test
    void chatterBeforeTheLog_isNotes() throws IOException {
        LogText.Result read = read("Uncompressing Linux...\n" + log());
        assertEquals(List.of("note", "step 1000", "step 1004"), read.outline());
    }

    @Test
    void problems_beyondTheLimit_areCountedOnly() throws IOException {
        LogText log = new LogText();
        for (int i = 0; i < 50; i++) {
            log.trace(0x1000).registers(0x2000, SVC);
        }
        ImportReport report = log.read().report();
        assertEquals(50, report.count(Count.PROBLEMS));
        assertEquals(Output.MAX_PROBLEMS, report.problems().size());
    }

    @Test
    void looksLike_tellsLogsFromOtherFiles() throws IOException {
        assertTrue(QemuLog.looksLike(log().bytes()));
        for (String name : List.of(SampleLogs.BARE_METAL_10, SampleLogs.DEBIAN, SampleLogs.KVM_INT_ONLY)) {
            byte[] bytes = SampleLogs.bytes(name);
            assertTrue(QemuLog.looksLike(Arrays.copyOf(bytes, Math.min(bytes.length, 4096))), name);
            byte[] text = SampleLogs.text(name);
            assertTrue(QemuLog.looksLike(Arrays.copyOf(text, 4096)), name);
        }
        assertFalse(QemuLog.looksLike(new byte[0]));
        assertFalse(QemuLog.looksLike(new byte[4096]));
        assertFalse(QemuLog.looksLike("0, 0x40000000, 0xe59fd1dc, \"ldr sp\"\n".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(QemuLog.looksLike(new byte[] {0x1f, (byte) 0x8b}));
        assertFalse(QemuLog.looksLike(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7}));
    }

    @Test
    void reader_afterItsEnd_staysThere() throws IOException {
        try (QemuLogReader reader = QemuLog.open("test.log", new java.io.ByteArrayInputStream(log().bytes()))) {
            int events = 0;
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events++;
            }
            assertEquals(2, events);
            assertEquals(null, reader.next());
            assertEquals(2, reader.report().count(Count.STEPS));
        }
    }

    private static LogText log() {
        return new LogText().step(0x1000, NOP, SVC).step(0x1004, NOP, SVC);
    }

    private static LogText.Result read(String text) throws IOException {
        return LogText.read("test.log", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertRefused(String text, String error) {
        assertEquals(error, assertRefused(text));
    }

    private static String assertRefused(String text) {
        return assertThrows(TraceFormatException.class, () -> read(text)).getMessage();
    }
}
