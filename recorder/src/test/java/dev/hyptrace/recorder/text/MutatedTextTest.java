package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.coresight.CodeImage;
import dev.hyptrace.recorder.coresight.CodeImages;
import dev.hyptrace.recorder.coresight.CoreSight;
import dev.hyptrace.recorder.ds5.Ds5Trace;
import dev.hyptrace.recorder.execlog.Execlog;
import dev.hyptrace.recorder.ftrace.Ftrace;
import dev.hyptrace.recorder.snapshot.Ds5Snapshot;
import dev.hyptrace.recorder.table.ColumnMap;
import dev.hyptrace.recorder.table.MappedTable;
import dev.hyptrace.recorder.uart.LinePattern;
import dev.hyptrace.recorder.uart.UartLog;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Windows of recorded texts with bytes, words and lines changed: they are read in bounded time, refused only with a sentence that
 * names the line, and what is made of them keeps the model's promises.
 */
class MutatedTextTest {
    private static final int USUAL = 4000;
    private static final String NAME = "input";
    /** What a reader says that counts characters and not bytes. */
    private static final long ALL = -1;

    private static final Path FOLDER = Path.of("..", "traces", "samples");
    private static final String[] LIKELY = {
        "CPU:0 [LOST 12 EVENTS]\n",
        "a-10 [001] d..1 1.0: kvm_exit: PC: 0x80000008\n",
        "a-10 [001] d..1 1.0: kvm_exit: HSR_EC: 0x0012, PC: 0x80000008\n",
        "b 11 [001] 1.0: kvm:kvm_hvc: HVC at 0x80000008 (r0: 0xffffffff, imm: 0xffff\n",
        "b 11 [001] 1.0: kvm:kvm_entry: PC: 0x80000008\n",
        "a-10 [001] 1.0: kvm_guest_fault: guest fault at PC 0x8 (hxfar 000000, ipa       0x10000000, hsr 0x93820045\n",
        "# entries-in-buffer/entries-written: 7/9   #P:1\n",
        "pc : [<c0000000>]    lr : [<c0000004>]    psr: 600000da\n",
        "sp : 00000010  ip : 00000011  fp : 00000012\n",
        "Flags: nZCv  IRQs off  FIQs off  Mode HYP_32  ISA ARM  Segment user\n",
        "Idx:6; ID:10; OCSD_GEN_TRC_ELEM_INSTR_RANGE(exec range=0x4000017c:[0x400001a4] num_i(10)"
                + " last_sz(4) (ISA=A32) E BR  )\n",
        "Idx:6; ID:13; OCSD_GEN_TRC_ELEM_INSTR_RANGE(exec range=0x400000e4:[0x400000f4] num_i(7)"
                + " last_sz(4) (ISA=T32) E --- )\n",
        "Idx:6; ID:13; OCSD_GEN_TRC_ELEM_INSTR_RANGE(exec range=0x0:[0x400] num_i(256) last_sz(4) (ISA=A32) E --- )\n",
        "Idx:6; ID:13; OCSD_GEN_TRC_ELEM_EXCEPTION(pref ret addr:0x4000017c; excep num (0x00) )\n",
        "Idx:6; ID:13; OCSD_GEN_TRC_ELEM_EXCEPTION(excep num (0x03) )\n",
        "Idx:6; ID:13; OCSD_GEN_TRC_ELEM_EXCEPTION_RET()\n",
        "Idx:6; ID:0; [0x76 ];\tERET : Exception return packet; \n",
        "S:0x80000554\tEB000591\tBL       {pc}+0x164c ; 0x80001ba0\n",
        "Instruction\t0\tH:0xC0018D82\t0xEB020385\t0\tADD      r3,r2,r5,LSL #2\tfalse\tfail\n",
        "Info\t\t\t\t\tException: HYP (3)\t\t\n",
        "Info\t\t\t\t\tReturn from exception\t\t\n",
        "[regs]\n",
        "[dump1]\n",
        "N_TTBR0_64(size:64)=0x0123456789abcdef\n",
        "S31=0xffffffff\n",
        "CPSR=0x1d1\n",
        "0, 0x40000078, 0xe1412374, \"hvc #0x1234\", cpsr -> 0x400001da, pc -> 0x40000114, esr_el2 -> 0x4a001234\n",
        "1, 0x40000114, 0x8056f7e0, \"hvc.w #0x56\", load, 0x40080ff8, RAM\n",
        ", cpsr -> 0xffffffff",
        ", ttbr0_el1 -> 0x123456789abcdef0",
        ", store, 0x1",
        " -> 0x",
        "0x",
        "[",
        "]",
        ":",
        "(",
        "ffffffffffffffff",
        "\n",
        "\r\n",
        " ",
        "\0",
        "99999999999999999999"
    };
    private static final List<LinePattern> PATTERNS =
            List.of(LinePattern.of("(?<r0>[0-9a-f]{8}) (?<ttbr0>[0-9a-f]+)"), LinePattern.of("PC: 0x(?<pc>\\w+)"));

    /** Reads an input. */
    private interface Reading {
        TextReport read(InputStream in, List<Event> events) throws IOException;
    }

    @Test
    void mutatedTrace_isReadWithoutHarm() throws IOException {
        mutate("ftrace", "ftrace", (in, events) -> Ftrace.read(NAME, in, events::add));
    }

    @Test
    void mutatedConsole_isReadWithoutHarm() throws IOException {
        mutate("uart", "uart", (in, events) -> UartLog.read(NAME, in, PATTERNS, events::add));
    }

    @Test
    void mutatedListing_isReadWithoutHarm() throws IOException {
        CodeImage code = CodeImage.raw(FOLDER.resolve("coresight").resolve("synthetic.bin"), 0x4000_0000);
        CodeImages images = CodeImages.of(List.of(code));
        mutate("coresight", "coresight", (in, events) -> {
            TextReport report = CoreSight.read(NAME, in, images, events::add);
            long listed = report.count("instructions")
                    + report.count("instructions that the listing leaves out before an exception return");
            long made = report.count("steps")
                    + report.count("instructions without an address")
                    + report.count("instructions past an ERET")
                    + report.count("instructions that an ERET may have ended before");
            assertEquals(listed, made);
            return report;
        });
    }

    @Test
    void mutatedExeclog_isReadWithoutHarm() throws IOException {
        mutate("execlog", "execlog", (in, events) -> Execlog.read(NAME, in, events::add));
    }

    @Test
    void mutatedDs5Table_isReadWithoutHarm() throws IOException {
        mutate("ds5", "ds5", (in, events) -> {
            TextReport report = Ds5Trace.read(NAME, in, events::add);
            assertTrue(report.count("steps") <= report.count("Instruction"));
            return report;
        });
    }

    @Test
    void mutatedSnapshot_isReadWithoutHarm() throws IOException {
        Path nowhere = FOLDER.resolve("no-such-folder");
        mutate("snapshot", "snapshot", (in, events) -> {
            TextReport report = Ds5Snapshot.read(NAME, in, nowhere, events::add);
            assertEquals(
                    report.count("registers"),
                    report.count("registers kept")
                            + report.count("registers under another name")
                            + report.count("registers not kept"));
            return report;
        });
    }

    @Test
    void mutatedTable_isReadWithoutHarm() throws IOException {
        ColumnMap map = ColumnMap.of(
                "map",
                List.of(
                        "header: no",
                        "prefixes: S: N:",
                        "empty: unchanged",
                        "#1 = cpu",
                        "#2 = address",
                        "#3 = encoding",
                        "#4 = note",
                        "#5 = cpsr",
                        "#6 = sp",
                        "#7 = register",
                        "#8 = value"));
        mutate("column table", "execlog", (in, events) -> {
            TextReport read = MappedTable.read(NAME, in, map, events::add);
            return new TextReport(NAME, read.lines(), ALL, read.counts(), read.problemCount(), read.problems());
        });
    }

    @Test
    void mutatedGzipFile_isReadWithoutHarm() throws IOException {
        List<byte[]> samples = List.of(
                Files.readAllBytes(FOLDER.resolve("execlog").resolve("allhypentries-qemu7.2.execlog.gz")),
                Files.readAllBytes(FOLDER.resolve("uart").resolve("boards.uart.gz")));
        HostileInput.binary("gzip", samples)
                .refusedWith(TraceFormatException.class, NAME + ": line ")
                .read(USUAL, input -> {
                    TextReport report = Execlog.read(NAME, new ByteArrayInputStream(input), event -> {});
                    return report.counts().keySet() + " " + report.problems();
                });
    }

    private static void mutate(String parser, String folder, Reading reading) throws IOException {
        HostileInput.text(parser, texts(folder), LIKELY)
                .refusedWith(TraceFormatException.class, NAME + ": line ")
                .read(USUAL, input -> check(input, reading));
    }

    private static String check(byte[] input, Reading reading) throws IOException {
        List<Event> events = new ArrayList<>();
        TextReport report = reading.read(new ByteArrayInputStream(input), events);
        assertEquals(report.bytes() == ALL ? ALL : input.length, report.bytes());
        report.problems().forEach(problem -> assertTrue(problem.startsWith(NAME + ": "), problem));
        HypercallAssembler assembler = new HypercallAssembler(call -> {});
        events.forEach(assembler::accept);
        assembler.finish();
        long calls = events.stream()
                .filter(event -> event instanceof Event.ExceptionEntry
                        || event instanceof Event.Step step
                                && step.instruction().filter(Instruction::isHvc).isPresent())
                .count();
        assertTrue(assembler.begun() <= calls);
        for (Event event : events) {
            if (event instanceof Event.Step step) {
                assertEquals(
                        Integer.toUnsignedLong(step.address()), step.before().require(Register.PC));
            }
        }
        return report.counts().keySet() + " " + report.problems();
    }

    private static List<byte[]> texts(String folder) throws IOException {
        List<byte[]> texts = new ArrayList<>();
        try (var files = Files.list(FOLDER.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                String name = file.toString().toLowerCase(Locale.ROOT);
                if (name.endsWith(".gz")) {
                    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                        texts.add(in.readAllBytes());
                    }
                } else if (name.endsWith(".ini") || name.endsWith(".txt") && !name.contains("license")) {
                    texts.add(Files.readAllBytes(file));
                }
            }
        }
        return texts;
    }
}
