package dev.hyptrace.recorder.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Tables in the manner of other tools, written for these tests, and what a map makes of them. */
class MappedTableTest {
    private record Result(List<Event> events, TextReport report) {
        <E extends Event> List<E> all(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<Event.Step> steps() {
            return all(Event.Step.class);
        }
    }

    private static Result read(String map, String table) throws IOException {
        return read(map, table.getBytes(StandardCharsets.UTF_8));
    }

    private static Result read(String map, byte[] table) throws IOException {
        List<Event> events = new ArrayList<>();
        ColumnMap columns = ColumnMap.of("map", map.lines().toList());
        return new Result(events, MappedTable.read("table", new ByteArrayInputStream(table), columns, events::add));
    }

    @Test
    void tableOfWhichNothingCanBeDecompressed_isRefused() {
        byte[] table = {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 0};
        for (String map : List.of("PC = address", "skip: 1\nPC = address")) {
            assertEquals(
                    "table: line 1: no row of a table: Unsupported compression method",
                    assertThrows(TraceFormatException.class, () -> read(map, table))
                            .getMessage());
        }
    }

    private static final String TRACE32_LIKE_MAP = """
            # Trace.List written as a file, in the manner of TRACE32
            separator: semicolon
            skip: 2
            a32 prefixes: R: NSR: SR: HR:
            t32 prefixes: T: NT: ST: HT:
            step kinds: ptrace
            gap kinds: TRACE-ERROR
            record = ignored
            """;

    private static final String TRACE32_LIKE = """
            Trace.List
            --------
            record;run;address;cycle;d.l;symbol;ti.back
            -0000000004;;"NSR:C0008000";ptrace;E1400072;"\\\\vmlinux\\__hyp_stub";"0.100us"
            -0000000003;;"HR:4000_0014";ptrace;EA000005;"";"0.020us"
            -0000000002;;;TRACE-ERROR;;;
            -0000000001;;"NT:C0008010";ptrace;F7E08056;;
            -0000000000;;"NT:C0008014";wr-data;0000;;
            """;

    @Test
    void trace32LikeList_isReadByItsMap() throws IOException {
        Result read = read(
                TRACE32_LIKE_MAP.replace(
                        "record = ignored", "ADDRESS = address\ncycle = kind\n#5 = encoding\nti.back = time"),
                TRACE32_LIKE);
        assertEquals(List.of(), read.report().problems());
        List<Event.Step> steps = read.steps();
        assertEquals(Instruction.a32(0xe1400072), steps.get(0).instruction().orElseThrow());
        assertEquals(0xc0008000, steps.get(0).address());
        assertEquals(0x40000014, steps.get(1).address());
        assertEquals(Instruction.t32(0xf7e08056), steps.get(2).instruction().orElseThrow());
        assertEquals(3, steps.size());
        assertEquals(List.of(new Event.Gap(0, "TRACE-ERROR")), read.all(Event.Gap.class));
        assertEquals(
                List.of("time 0.100us", "time 0.020us", "-0000000000 NT:C0008014 wr-data 0000"),
                read.all(Event.Note.class).stream().map(Event.Note::text).toList());
    }

    private static final String OZONE_LIKE = """
            Index,Timestamp,PC,Instruction,Opcode,CPSR,R0,R13 (SP)
            0,12,40008000,"HVC #0x1234",E1412374,600001D3,00000001,40001000
            1,13,40100014,"B 0x40100030",EA000005,600001DA,00000001,40002000
            2,14,40100030,"ERET",E160006E,600001DA,000000AB,40002000
            3,15,40008004,"NOP",E320F000,600001D3,000000AB,40001000
            """;

    @Test
    void ozoneLikeTable_givesStepsAndTheHypercall() throws IOException {
        Result read = read("""
                PC = address
                Opcode = encoding
                CPSR = cpsr
                R0 = r0
                R13 (SP) = sp
                """, OZONE_LIKE);
        assertEquals(List.of(), read.report().problems());
        State call = read.steps().get(0).before();
        assertEquals(0x40001000, call.require(Register.SP_SVC));
        assertFalse(call.has(Register.SP_HYP));
        assertEquals(0x40002000, read.steps().get(1).before().require(Register.SP_HYP));
        assertFalse(read.steps().get(1).before().has(Register.SP_SVC), "an empty cell and a missing one say nothing");
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        read.events().forEach(assembler::accept);
        assembler.finish();
        assertEquals(1, calls.size());
        assertEquals(Hypercall.Outcome.RETURNED, calls.get(0).outcome());
        assertEquals(0xab, calls.get(0).after().require(Register.R0));
        assertEquals(0x40008004L, calls.get(0).vector().require(Register.ELR_HYP));
    }

    @Test
    void riscvDvLikeTable_hasTheRegisterOfEachRowAfterIt() throws IOException {
        Result read = read("""
                registers: after
                empty: unchanged
                set: a32
                mode: svc
                addr = address
                binary = encoding
                rd = register
                rd_val = value
                csr = register.2
                csr_val = value.2
                str = note
                """, """
                instr,rd,rd_val,csr,csr_val,str,addr,binary
                mov,r0,00000005,,,"mov r0, #5",00008000,e3a00005
                mov,sp,00001000,,,"",00008004,e1a0d00a
                mcr,,,VBAR,00000100,"",00008008,ee0c0f10
                nop,,,,,"",0000800c,e320f000
                """);
        assertEquals(List.of(), read.report().problems());
        List<Event.Step> steps = read.steps();
        assertEquals(List.of(Register.PC), steps.get(0).before().registers());
        assertEquals(5, steps.get(1).before().require(Register.R0));
        assertEquals(0x1000, steps.get(2).before().require(Register.SP_SVC));
        assertEquals(0x100, steps.get(3).before().require(Register.VBAR));
        assertEquals(5, steps.get(3).before().require(Register.R0));
        assertEquals(new Event.Note(0, "mov r0, #5"), read.all(Event.Note.class).get(0));
        assertEquals(
                4, read.events().stream().filter(Event.Step.class::isInstance).count());
        assertTrue(read.events().get(read.events().size() - 1) instanceof Event.Snapshot);
    }

    @Test
    void tableWithoutAHeader_isReadByNumbersInDecimal() throws IOException {
        Result read = read("""
                separator: tab
                header: no
                numbers: decimal
                cpu: 1
                #1 = address
                #3 = R1
                """, "4096\tx\t10\n4100\ty\t0x10\n4104\n");
        assertEquals(
                List.of(0x1000, 0x1004, 0x1008),
                read.steps().stream().map(Event.Step::address).toList());
        assertEquals(10, read.steps().get(0).before().require(Register.R1));
        assertEquals(16, read.steps().get(1).before().require(Register.R1));
        assertFalse(read.steps().get(2).before().has(Register.R1));
        assertEquals(1, read.steps().get(2).cpu());
        assertEquals(Optional.empty(), read.steps().get(0).instruction());
    }

    @Test
    void hypercallRows_areCallVectorAndReturn() throws IOException {
        Result read = read("""
                rows: hypercalls
                set: t32
                mode: svc
                site = address
                imm = immediate
                in = r0
                HSR = vector.HSR
                out = after.r0
                """, "site,imm,in,HSR,out\n8000,56,1,4a000056,2\n8010,57,3,,\n");
        assertEquals(
                Instruction.hvc(InstructionSet.T32, 0x56),
                read.steps().get(0).instruction().orElseThrow());
        Event.ExceptionEntry entry = read.all(Event.ExceptionEntry.class).get(0);
        assertEquals(ExceptionKind.HYPERVISOR_CALL, entry.kind());
        assertEquals(0x4a000056, entry.atVector().require(Register.HSR));
        assertEquals(2, read.all(Event.ExceptionReturn.class).get(0).after().require(Register.R0));
        assertEquals(List.of(new Event.Gap(0, "what came of the call is not in the table")), read.all(Event.Gap.class));
    }

    @Test
    void rowThatDoesNotFollow_isAfterAGap() throws IOException {
        Result read = read(
                "set: a32\nempty: unchanged\na = address\no = encoding\nR0 = R0\nR1 = R1\n",
                "a,o,R0,R1\n8000,e320f000,1,2\n8010,e320f000,,3\n");
        assertEquals(
                List.of(new Event.Gap(0, "0x00008010 does not follow from 0x00008000")), read.all(Event.Gap.class));
        assertFalse(read.steps().get(1).before().has(Register.R0));
        assertEquals(3, read.steps().get(1).before().require(Register.R1));
    }

    @Test
    void statesAndCompressedTables_areRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("what,HVBAR,TTBR0\nstop,40000100,1234567890\n".getBytes(StandardCharsets.UTF_8));
        }
        Result read = read("rows: states\nwhat = kind\nHVBAR = VBAR_EL2\nTTBR0 = TTBR0\n", bytes.toByteArray());
        Event.Snapshot snapshot = read.all(Event.Snapshot.class).get(0);
        assertEquals("stop", snapshot.reason());
        assertEquals(0x40000100L, snapshot.state().require(Register.HVBAR));
        assertEquals(0x1234567890L, snapshot.state().require(Register.TTBR0));
    }

    @Test
    void badCell_isAProblemWithItsPlaceAndAGap() throws IOException {
        Result read = read(
                "skip: 1\nPC = address\nR0 = R0\nHSR = HSR\n",
                "title\nPC,R0,HSR\n8000,1,\n8004,0x1z,\n8008,2,123456789\nq,,\n8010,,?\n");
        assertEquals(
                List.of(
                        "table: line 4: column 2 (R0): found '0x1z', expected a value of R0 in hexadecimal",
                        "table: line 5: column 3 (HSR): found '123456789', expected a value of HSR, which has 32 bits",
                        "table: line 6: column 1 (PC): found 'q', expected an address in hexadecimal"),
                read.report().problems());
        assertEquals(2, read.steps().size());
        assertEquals(List.of(new Event.Gap(0, "a row that cannot be read")), read.all(Event.Gap.class));
    }

    @Test
    void missingColumn_isRefusedWithTheLineOfTheMap() {
        TraceFormatException refused = assertThrows(
                TraceFormatException.class, () -> read("# a map\nPC = address\nr0 = R0\n", "pc,R1\n8000,1\n"));
        assertEquals(
                "table: line 1: no column is called 'r0', expected one of pc, R1 (map: line 3)", refused.getMessage());
        assertEquals(
                "table: line 1: two columns are called 'pc', expected a number such as #1 (map: line 1)",
                assertThrows(TraceFormatException.class, () -> read("pc = address\n", "PC,pc\n1,2\n"))
                        .getMessage());
        assertEquals(
                "table: line 1: the file ends, expected the header of a table",
                assertThrows(TraceFormatException.class, () -> read("pc = address\n", ""))
                        .getMessage());
    }

    @Test
    void badMap_isRefusedWithItsLine() {
        assertMap(
                "PC = adress",
                "map: line 1: 'adress' is no role and no register, expected one of [address, encoding, set,");
        assertMap("PC address", "map: line 1: found 'PC address', expected 'column = role' or 'setting: value'");
        assertMap("# c\nsep: tab", "map: line 2: no setting is called 'sep', see hyptrace import --help");
        assertMap(
                "separator: tabs",
                "map: line 1: 'tabs', expected one character that is no letter and no digit, or its name");
        assertMap("header: maybe", "map: line 1: 'header' is 'maybe', expected yes or no");
        assertMap("skip: -1", "map: line 1: '-1' is no number from 0 to 9999");
        assertMap("skip: 1\nskip: 2", "map: line 2: 'skip' is set a second time");
        assertMap("a = R0\nb = r0", "map: line 2: a second column is 'r0', expected one");
        assertMap("R0 = R0", "map: no column is the address, expected a line such as 'Address = address'");
        assertMap(
                "a = address\nSP = sp",
                "map: line 2: 'SP' is of the current mode, which nothing tells: expected a column that is the mode or CPSR,");
        assertMap("a = address\nb = after.R0", "map: line 2: 'b' is of a hypercall, expected 'rows: hypercalls'");
        assertMap(
                "header: no\na = address",
                "map: line 2: 'a' is a name, and there is no header: expected a number such as #1");
        assertMap(
                "a = address\nb = register",
                "map: line 2: 'b' has no column that it belongs to, expected both register and value");
    }

    private static void assertMap(String map, String problem) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ColumnMap.of("map", map.lines().toList()))
                .getMessage();
        assertTrue(message.startsWith(problem), message);
    }
}
