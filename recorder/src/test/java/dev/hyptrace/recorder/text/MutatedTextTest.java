package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
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
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Windows of recorded texts with bytes changed, pieces repeated and lines of every form mixed in: they are read in
 * bounded time, refused only with a sentence that names the line, and what is made of them keeps the model's promises.
 * A failure names its seed.
 *
 * <p>{@code -Dhyptrace.mutations=N} reads N inputs with each parser instead of the usual few.
 */
class MutatedTextTest {
    private static final int MUTATIONS = Integer.getInteger("hyptrace.mutations", 4000);
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
        TextReport read(String name, InputStream in, List<Event> events) throws IOException;
    }

    @Test
    void mutatedTrace_isReadWithoutHarm() throws IOException {
        mutate("ftrace", (name, in, events) -> Ftrace.read(name, in, events::add));
    }

    @Test
    void mutatedConsole_isReadWithoutHarm() throws IOException {
        mutate("uart", (name, in, events) -> UartLog.read(name, in, PATTERNS, events::add));
    }

    @Test
    void mutatedListing_isReadWithoutHarm() throws IOException {
        CodeImage code = CodeImage.raw(FOLDER.resolve("coresight").resolve("synthetic.bin"), 0x4000_0000);
        CodeImages images = CodeImages.of(List.of(code));
        mutate("coresight", (name, in, events) -> {
            TextReport report = CoreSight.read(name, in, images, events::add);
            long listed = report.count("instructions")
                    + report.count("instructions that the listing leaves out before an exception return");
            long made = report.count("steps")
                    + report.count("instructions without an address")
                    + report.count("instructions past an ERET")
                    + report.count("instructions that an ERET may have ended before");
            assertEquals(listed, made, name);
            return report;
        });
    }

    @Test
    void mutatedExeclog_isReadWithoutHarm() throws IOException {
        mutate("execlog", (name, in, events) -> Execlog.read(name, in, events::add));
    }

    @Test
    void mutatedDs5Table_isReadWithoutHarm() throws IOException {
        mutate("ds5", (name, in, events) -> {
            TextReport report = Ds5Trace.read(name, in, events::add);
            assertTrue(report.count("steps") <= report.count("Instruction"), name);
            return report;
        });
    }

    @Test
    void mutatedSnapshot_isReadWithoutHarm() throws IOException {
        Path nowhere = FOLDER.resolve("no-such-folder");
        mutate("snapshot", (name, in, events) -> {
            TextReport report = Ds5Snapshot.read(name, in, nowhere, events::add);
            assertEquals(
                    report.count("registers"),
                    report.count("registers kept")
                            + report.count("registers under another name")
                            + report.count("registers not kept"),
                    name);
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
        mutate("execlog", (name, in, events) -> {
            TextReport read = MappedTable.read(name, in, map, events::add);
            return new TextReport(name, read.lines(), ALL, read.counts(), read.problemCount(), read.problems());
        });
    }

    private static void mutate(String folder, Reading reading) throws IOException {
        List<byte[]> originals = texts(folder);
        long seed = Long.getLong("hyptrace.seed", 1L);
        assertTimeoutPreemptively(Duration.ofSeconds(30 + MUTATIONS / 200), () -> {
            for (int round = 0; round < MUTATIONS; round++) {
                Random random = new Random(seed * 1_000_003 + round);
                byte[] input = mutated(originals.get(random.nextInt(originals.size())), random);
                check(folder + " seed " + seed + " round " + round, input, reading);
            }
        });
    }

    private static void check(String what, byte[] input, Reading reading) {
        List<Event> events = new ArrayList<>();
        TextReport report;
        try {
            report = reading.read(what, new ByteArrayInputStream(input), events);
        } catch (TraceFormatException refused) {
            assertTrue(refused.getMessage().startsWith(what + ": line "), refused.getMessage());
            return;
        } catch (IOException | RuntimeException failed) {
            throw new AssertionError(what, failed);
        }
        assertEquals(report.bytes() == ALL ? ALL : input.length, report.bytes(), what);
        report.problems().forEach(problem -> assertTrue(problem.startsWith(what + ": "), problem));
        HypercallAssembler assembler = new HypercallAssembler(call -> {});
        events.forEach(assembler::accept);
        assembler.finish();
        long calls = events.stream()
                .filter(event -> event instanceof Event.ExceptionEntry
                        || event instanceof Event.Step step
                                && step.instruction().filter(Instruction::isHvc).isPresent())
                .count();
        assertTrue(assembler.begun() <= calls, what);
        for (Event event : events) {
            if (event instanceof Event.Step step) {
                assertEquals(
                        Integer.toUnsignedLong(step.address()), step.before().require(Register.PC), what);
            }
        }
    }

    /** A window of a text, with a few changes of random kinds at random places. */
    private static byte[] mutated(byte[] original, Random random) {
        int from = random.nextInt(original.length);
        int length = Math.min(original.length - from, 1 + random.nextInt(2000));
        StringBuilder text = new StringBuilder(new String(original, from, length, StandardCharsets.ISO_8859_1));
        int changes = 1 + random.nextInt(12);
        for (int i = 0; i < changes; i++) {
            change(text, random);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(80));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, LIKELY[random.nextInt(LIKELY.length)]);
            case 1 -> text.insert(at, text.substring(at, end));
            case 2 -> text.delete(at, end);
            case 3 -> text.insert(text.lastIndexOf("\n", at) + 1, LIKELY[random.nextInt(LIKELY.length)]);
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, (char) random.nextInt(256));
                }
            }
        }
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
