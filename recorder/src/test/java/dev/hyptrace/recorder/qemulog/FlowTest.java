package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.qemulog.flow.Condition;
import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flow of encodings, as the table {@code flow.txt} lists them with their disassembly by binutils. */
class FlowTest {
    private record Row(String code, String assembly, Flow.Kind kind, int condition, int operand, String marks) {
        static Row of(String line) {
            String[] columns = line.split(" *\\| *");
            String[] flow = columns[2].trim().split(" +");
            return new Row(
                    columns[0].trim(),
                    columns[1].trim(),
                    Flow.Kind.valueOf(flow[0]),
                    Integer.parseInt(flow[1]),
                    Integer.decode(flow[2]),
                    flow.length > 3 ? flow[3] : "");
        }

        Instruction instruction() {
            String digits = code.replace(" ", "");
            int bits = Integer.parseUnsignedInt(digits, 16);
            if (code.contains(" ")) {
                return Instruction.t32(bits);
            }
            return digits.length() == 4 ? Instruction.t16(bits) : Instruction.a32(bits);
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = FlowTest.class.getResourceAsStream("flow.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encoding_ofTheTable_hasItsFlow(Row row) {
        Flow flow = Flow.of(row.instruction());
        assertEquals(row.kind(), flow.kind());
        assertEquals(row.condition(), flow.condition());
        assertEquals(row.operand(), flow.operand());
        assertEquals(row.marks().contains("r"), flow.exceptionReturn(), "exception return");
        assertEquals(row.marks().contains("a"), flow.accesses(), "accesses");
    }

    @Test
    void branch_conditional_leadsWhereItsConditionSays() {
        LastInstruction beq = last(Instruction.a32(0x0a000002), 0x1000, 0x400001d3, 0);
        assertTrue(beq.leadsTo(0x1010));
        assertFalse(beq.leadsTo(0x1004));
        LastInstruction notTaken = last(Instruction.a32(0x0a000002), 0x1000, 0x000001d3, 0);
        assertTrue(notTaken.leadsTo(0x1004));
        assertFalse(notTaken.leadsTo(0x1010));
    }

    @Test
    void branch_conditionalWithoutRegisters_leadsToBothPlaces() {
        LastInstruction beq = new LastInstruction();
        beq.start(0x1000, new Code(Instruction.a32(0x0a000002)));
        assertTrue(beq.leadsTo(0x1010));
        assertTrue(beq.leadsTo(0x1004));
        assertFalse(beq.leadsTo(0x1008));
    }

    @Test
    void instruction_inAnItBlock_followsTheConditionOfTheBlock() {
        int ne = 0x0000_1800; // ITSTATE 00011000: NE
        LastInstruction bx = last(Instruction.t16(0x4770), 0x1000, 0x400001f3 | ne, 0x5001);
        assertTrue(bx.leadsTo(0x1002), "Z is set");
        assertFalse(bx.leadsTo(0x5000));
    }

    @Test
    void branch_toARegister_leadsToItsValueWithoutTheLowBits() {
        LastInstruction bx = last(Instruction.a32(0xe12fff1e), 0x1000, 0x400001d3, 0x5003);
        assertTrue(bx.leadsTo(0x5002));
        assertFalse(bx.leadsTo(0x1004));
    }

    @Test
    void compareBranch_leadsWhereItsRegisterSays() {
        LastInstruction cbz = last(Instruction.t16(0xb118), 0x1000, 0x400001f3, 0); // cbz r0, +6
        assertTrue(cbz.leadsTo(0x100a));
        assertFalse(cbz.leadsTo(0x1002));
    }

    @Test
    void load_ofPc_leadsAnywhereIfNothingElseChanged() {
        LastInstruction pop = last(Instruction.a32(0xe8bd8010), 0x1000, 0x400001d3, 0); // pop {r4, pc}
        RegisterBlock after = registers(0x400001d3, 0);
        assertTrue(pop.leadsTo(0x7000, after));
        core(after, "R04=00000001 R05=00000000 R06=00000000 R07=00000000");
        assertTrue(pop.leadsTo(0x7000, after), "R4 was loaded");
        core(after, "R04=00000001 R05=00000001 R06=00000000 R07=00000000");
        assertFalse(pop.leadsTo(0x7000, after), "R5 was not");
    }

    @Test
    void conditions_areThoseOfTheManual() {
        int n = 1 << 31;
        int z = 1 << 30;
        int c = 1 << 29;
        int v = 1 << 28;
        int[][] passing = {
            {z}, {0}, {c}, {0}, {n}, {0}, {v}, {0}, {c}, {c | z}, {n | v}, {n}, {0}, {z}, {0}, {0},
        };
        int[][] failing = {
            {0}, {z}, {0}, {c}, {0}, {n}, {0}, {v}, {c | z}, {c}, {n}, {n | v}, {z}, {0}, {}, {},
        };
        for (int condition = 0; condition < 16; condition++) {
            for (int psr : passing[condition]) {
                assertTrue(Condition.passes(condition, psr), condition + " with " + Integer.toHexString(psr));
            }
            for (int psr : failing[condition]) {
                assertFalse(Condition.passes(condition, psr), condition + " with " + Integer.toHexString(psr));
            }
        }
    }

    private static LastInstruction last(Instruction instruction, int address, int psr, int all) {
        LastInstruction last = new LastInstruction();
        last.exchange(registers(psr, all));
        last.start(address, new Code(instruction));
        return last;
    }

    /** A block whose R0 to R14 all have one value. */
    private static RegisterBlock registers(int psr, int all) {
        RegisterBlock block = new RegisterBlock();
        for (int n = 0; n < 16; n += 4) {
            core(
                    block,
                    String.format(
                            "R%02d=%08x R%02d=%08x R%02d=%08x R%02d=%08x", n, all, n + 1, all, n + 2, all, n + 3, all));
        }
        byte[] line = Fields.ascii(String.format("PSR=%08x ---- %c svc32", psr, (psr & 0x20) != 0 ? 'T' : 'A'));
        assertTrue(block.psr(new Fields().at(line, 0, line.length)));
        return block;
    }

    private static void core(RegisterBlock block, String text) {
        byte[] line = Fields.ascii(text);
        assertTrue(block.core(line, 0, line.length));
    }
}
