package dev.hyptrace.traces.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.SampleTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTablesTest {
    private static final int SVC = 0x6000_01d3;

    private static Trace everyOutcome() {
        return SampleTrace.everyOutcome();
    }

    private static Event step(int cpu, int cpsr, int pc, int encoding) {
        return SampleTrace.step(cpu, cpsr, pc, encoding);
    }

    private static String hypercalls(Trace trace) throws IOException {
        StringBuilder out = new StringBuilder();
        CsvTables.writeHypercalls(trace, out);
        return out.toString();
    }

    private static String steps(Trace trace) throws IOException {
        StringBuilder out = new StringBuilder();
        CsvTables.writeSteps(trace, out);
        return out.toString();
    }

    private static Trace read(String csv) throws IOException {
        return read(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static Trace read(byte[] csv) throws IOException {
        List<Event> events = new ArrayList<>();
        CsvTables.read("table.csv", new ByteArrayInputStream(csv), events::add);
        return new InMemoryTrace("table.csv", CsvTables.header(), events);
    }

    private static String refusal(String csv) {
        return assertThrows(TraceFormatException.class, () -> read(csv)).getMessage();
    }

    @Test
    void outcome_thatTheStatesContradict_isConcludedFromThemAndNoted() throws IOException {
        List<Event> events = new ArrayList<>();
        byte[] csv = "site,outcome,after.PC\n0x8000,returned,0x9000\n".getBytes(StandardCharsets.UTF_8);
        CsvTables.read("table.csv", new ByteArrayInputStream(csv), events::add);
        Trace trace = new InMemoryTrace("table.csv", CsvTables.header(), events);
        assertEquals(Outcome.RETURNED_ELSEWHERE, Hypercalls.of(trace).get(0).outcome());
        assertTrue(events.contains(new Event.Note(
                0, "the table says that this call 'returned', and its states that it 'returned elsewhere'")));
    }

    @Test
    void hypercallTable_isSealed() throws IOException {
        String expected = """
                hypercall,cpu,site,immediate,outcome,payload,departure,departure.mode,call.R0,call.PC,call.CPSR,\
                call.HVBAR,call.TTBR0,vector.R0,vector.PC,vector.CPSR,vector.SPSR_hyp,vector.ELR_hyp,vector.HVBAR,vector.HSR,after.R0,after.PC,after.CPSR
                1,0,0x00008000,0x00001234,returned,,,,0x00000800,0x00008000,0x600001d3,~0x00009000,,0x00000901,\
                0x00009014,0x600001da,~0x600001d3,~0x00008004,~0x00009000,0x4a001234,0x00000800,0x00008004,0x600001d3
                2,0,0x00008004,0x00001234,returned elsewhere,,,,0x00000800,0x00008004,0x600001d3,~0x00009000,,0x00000901,\
                0x00009014,0x600001da,~0x600001d3,~0x00008008,~0x00009000,0x4a001234,,0x0000c000,
                3,1,0x0000a000,0x00001234,entered another payload in HYP,0x40208000,0x40208004,svc,0x00000a00,0x0000a000,0x600001d3,\
                ~0x00009000,,0x00000901,0x00009014,0x600001da,~0x600001d3,~0x0000a004,~0x00009000,0x4a001234,0x04020800,\
                0x40208000,0x600001da
                4,0,,0x00001234,"left HYP, whether to its caller is not recorded",,,,,,,,,,,,,,,0x4a001234,,0x00005000,
                5,2,0x00006002,0x00000056,never returned within the trace,,,,0x00000001,0x00006002,0x600001f3,~0x00009000,\
                0x0000000123456789,0x00000901,0x00009014,0x600001da,~0x600001f3,~0x00006006,~0x00009000,0x4a001234,,,
                """;
        assertEquals(expected.replace("\n", "\r\n"), hypercalls(everyOutcome()));
    }

    @Test
    void stepTable_isSealed() throws IOException {
        List<Event> events = List.of(
                step(0, SVC, 0x8000, 0xe320_f000),
                new Event.Note(0, "no row"),
                new Event.Gap(1, "another processor"),
                new Event.Gap(0, "filtered, \"out\""),
                new Event.Step(0, 0x8002, Instruction.t16(0xbd10), State.unknown()),
                new Event.Step(
                        1,
                        0xffff_fffe,
                        Instruction.t32(0xf7e0_8056),
                        State.builder()
                                .derived(Register.SP_SVC, 0, DerivationRule.REPLAYED)
                                .known(Register.D0, -1L)
                                .build()),
                new Event.Step(0, 0, Optional.empty(), State.unknown(), List.of()));
        String expected = """
                step,cpu,gap,address,set,encoding,R0,SP_svc,PC,CPSR,D0
                0,0,,0x00008000,A32,0xe320f000,0x00000800,,0x00008000,0x600001d3,
                1,0,"filtered, ""out""\",0x00008002,T32,0xbd10,,,,,
                2,1,another processor,0xfffffffe,T32,0xf7e08056,,~0x00000000,,,0xffffffffffffffff
                3,0,,0x00000000,,,,,,,
                """;
        assertEquals(expected.replace("\n", "\r\n"), steps(new InMemoryTrace("test", CsvTables.header(), events)));
    }

    @Test
    void hypercallTable_readAndWrittenAgain_isTheSame() throws IOException {
        String table = hypercalls(everyOutcome());
        assertEquals(table, hypercalls(read(table)));
    }

    @Test
    void stepTable_readAndWrittenAgain_isTheSame() throws IOException {
        String table = steps(everyOutcome());
        assertEquals(table, steps(read(table)));
        String odd = "step,cpu,gap,address,set,encoding\r\n0,7,\"a\r\nb, \"\"c\"\" \u00e9\",0x00000002,T32,0x4770\r\n";
        assertEquals(odd, steps(read(odd)));
    }

    @Test
    void everyRegister_survivesBothTables() throws IOException {
        State.Builder all = State.builder();
        for (Register register : Register.all()) {
            long bits = register.mask() & 0x8123_4567_89ab_cdefL * (register.ordinal() + 1);
            if (register.ordinal() % 2 == 0) {
                all.known(register, bits);
            } else {
                all.derived(register, bits, DerivationRule.IMPORTED);
            }
        }
        Event step = new Event.Step(0, 0x8000, Optional.empty(), all.build(), List.of());
        Trace trace = new InMemoryTrace("test", CsvTables.header(), List.of(step));
        String table = steps(trace);
        assertEquals(table, steps(read(table)));
        try (var events = read(table).events()) {
            assertEquals(step, events.next());
        }
    }

    @Test
    void tables_areTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        String hypercalls = hypercalls(everyOutcome());
        String steps = steps(everyOutcome());
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "de-DE", "th-TH-u-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(hypercalls, hypercalls(everyOutcome()), tag);
                assertEquals(steps, steps(everyOutcome()), tag);
                assertEquals(hypercalls, hypercalls(read(hypercalls)), tag);
                assertEquals(steps, steps(read(steps.toUpperCase(Locale.ROOT).replace("0X", "0x"))), tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void handMadeTable_needsOnlyASite() throws IOException {
        String table = "\ufeffSite, Call.r0 ,AFTER.R0,call.cpsr\n\n 0x8000 ,0x0,0X5,0x600001d3\n";
        Hypercall call = Hypercalls.of(read(table)).get(0);
        assertEquals(new Value.Known(0), call.call().get(Register.R0));
        assertEquals(new Value.Known(5), call.after().get(Register.R0));
        assertEquals(Outcome.LEFT_HYP, call.outcome());
        assertEquals(Value.UNKNOWN, call.vector().get(Register.R0));
        assertEquals(
                new Value.Derived(SVC & 0xffff_ffffL, DerivationRule.SPSR_FROM_CPSR),
                call.vector().get(Register.SPSR_HYP));
    }

    @Test
    void handMadeRows_endAsTheirValuesSay() throws IOException {
        String table = """
                site,immediate,call.CPSR,after.PC,after.CPSR,payload
                0x8000,0x0,0x1d3,0x8004,0x1d3,
                0x8000,0x0,0x1d3,0x8008,0x1d3,
                0x8000,0x0,0x1d3,,,
                0x8000,0x0,0x1d3,0xc000,0x1da,0xc000
                """;
        List<Outcome> outcomes =
                Hypercalls.of(read(table)).stream().map(Hypercall::outcome).toList();
        assertEquals(
                List.of(Outcome.RETURNED, Outcome.RETURNED_ELSEWHERE, Outcome.NEVER_RETURNED, Outcome.ENTERED_PAYLOAD),
                outcomes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | line 1: the file is empty, expected the header of a table",
                "a,b | line 1: no column is called 'site' (a table of hypercalls) or 'address' (a table of steps), "
                        + "expected one of them",
                "address,R13 | line 1, column 2 (R13): no register has this name; expected a register or one of "
                        + "[step, cpu, gap, address, set, encoding]",
                "address,R0,r0 | line 1, column 3 (r0): this column is there twice",
                "site,R0 | line 1, column 2 (R0): expected call., vector. or after. and the name of a register, or one "
                        + "of [hypercall, cpu, site, immediate, outcome, payload, departure, departure.mode]",
                "address,R0\\n0x1,0x2,0x3 | line 2: 3 cells, expected 2 as in the header",
                "address,R0\\n0x1,0x2\\n0x1 | line 3: 1 cells, expected 2 as in the header",
                "address,R0\\n,0x2 | line 2, column 1 (address): no address, expected one",
                "address,R0\\n1,0x2 | line 2, column 1 (address): '1' is no 32-bit word, expected 0x and up to 8 "
                        + "hexadecimal digits, or nothing",
                "address,R0\\n0x1,0x100000000 | line 2, column 2 (R0): '0x100000000' is no value of a 32-bit register, "
                        + "expected 0x and up to 8 hexadecimal digits, after ~ if derived, or nothing",
                "address,TTBR0\\n0x1,12 | line 2, column 2 (TTBR0): '12' is no value of a 64-bit register, expected 0x "
                        + "and up to 16 hexadecimal digits, after ~ if derived, or nothing",
                "cpu,address\\n1024,0x1 | line 2, column 1 (cpu): '1024' is no number from 0 to 1023",
                "address,set,encoding\\n0x0,A32,0x4770 | line 2, column 3 (encoding): 0x00004770 is no 2-byte A32 "
                        + "instruction",
                "address,set,encoding\\n0x0,A64,0xd4000002 | line 2, column 3 (encoding): column 'set' has 'A64', "
                        + "expected one of [A32, T32, THUMB_EE, JAZELLE]",
                "address,set,encoding\\n0x0,A32,nop | line 2, column 3 (encoding): 'nop' is no encoding, expected 0x and "
                        + "4 or 8 hexadecimal digits",
                "site,immediate\\n0x8000,0x10000 | line 2, column 2 (immediate): '0x10000' is no 16-bit immediate, "
                        + "expected 0x0 to 0xffff",
                "site,outcome\\n0x8000,gone | line 2, column 2 (outcome): 'gone' is no outcome, expected one of "
                        + "[returned, returned elsewhere, left HYP, whether to its caller is not recorded, entered "
                        + "another payload in HYP, never returned within the trace]",
                "site,outcome\\n0x8000,entered another payload in HYP | line 2, column 2 (outcome): 'entered another "
                        + "payload in HYP' contradicts the rest of the row, by which the call 'never returned within "
                        + "the trace'",
                "site,departure,after.PC\\n0x8000,0x9000,0x8004 | line 2, column 2 (departure): '0x00009000' contradicts "
                        + "the rest of the row, by which it is not known",
                "site,departure.mode,after.PC\\n0x8000,abc,0x8004 | line 2, column 2 (departure.mode): 'abc' is no mode, "
                        + "expected one of [usr, fiq, irq, svc, mon, abt, hyp, und, sys]",
                "site,call.PC\\n0x8000,0x9000 | line 2, column 1 (site): '0x00008000' contradicts the rest of the row, "
                        + "by which it is 0x00009000",
                "site,call.R0\\n,0x1 | line 2, column 2 (call.R0): '0x00000001' has no place: the row has neither the "
                        + "address of the HVC nor what it follows from",
                "site,immediate,vector.HSR\\n,0x1,0x4a000002 | line 2, column 2 (immediate): '0x00000001' contradicts "
                        + "the rest of the row, by which it is 0x00000002"
            })
    void mistake_isRefusedWithLineAndColumn(String csv, String message) {
        assertEquals("table.csv: " + message, refusal(csv.translateEscapes()));
    }

    @Test
    void brokenQuotes_areRefusedWithTheLine() {
        String message = refusal("address,gap\n0x0,ok\n0x4,\"broken\"x\n");
        assertTrue(message.startsWith("table.csv: line 3: no CSV row: "), message);
        message = refusal("address,gap\n0x0,\"never closed\n\n\n");
        assertTrue(message.startsWith("table.csv: line 2: no CSV row: "), message);
    }

    @Test
    void rowsBeforeAMistake_areHandedOver() {
        List<Event> events = new ArrayList<>();
        byte[] csv = "address\n0x0\n0x4\nx\n0x8\n".getBytes(StandardCharsets.UTF_8);
        assertThrows(
                TraceFormatException.class,
                () -> CsvTables.read("table.csv", new ByteArrayInputStream(csv), events::add));
        assertEquals(2, events.size());
    }

    @Test
    void bytesThatAreNoText_areRefused() {
        byte[] csv = {'a', 'd', 'd', 'r', 'e', 's', 's', '\n', (byte) 0xff, (byte) 0xfe};
        String message =
                assertThrows(TraceFormatException.class, () -> read(csv)).getMessage();
        assertEquals("table.csv: line 1: bytes that are no UTF-8 text", message);
    }

    @Test
    void endlessLine_isRefusedBeforeItIsTakenIn() {
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return given < 9 ? "address\n".charAt((int) given - 1) : '0';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
        TraceFormatException e =
                assertThrows(TraceFormatException.class, () -> CsvTables.read("table.csv", endless, event -> {}));
        assertEquals("table.csv: line 2: no CSV row: a row has more than 1048576 characters", e.getMessage());
    }

    @Test
    void manyRows_areReadInOrder() throws IOException {
        StringBuilder csv = new StringBuilder("address\r\n");
        for (int i = 0; i < 300_000; i++) {
            csv.append("0x").append(Integer.toHexString(i)).append("\r\n");
        }
        int[] next = {0};
        long rows = CsvTables.read(
                "table.csv",
                new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                event -> assertEquals(next[0]++, ((Event.Step) event).address()));
        assertEquals(300_000, rows);
    }
}
