package dev.hyptrace.recorder.tarmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples, counted with grep and awk, and compared with each other: they are of the same run. */
class SampleTracesTest {
    private static final List<Register> COMMON = List.of(
            Register.R0,
            Register.R1,
            Register.R2,
            Register.R3,
            Register.R11,
            Register.SP_SVC,
            Register.LR_SVC,
            Register.CPSR);

    /** {@code grep -cE ' I[TS] '}, {@code grep -cE ' M[RW][14] '}: 5104 and 2829; 19 SIGNAL, a CADI, and 9 registers. */
    @Test
    void fastModel_isReadWhole() throws IOException {
        TarmacReport report =
                TraceText.read(TraceText.sample(TraceText.FAST_MODEL)).report();
        assertEquals(11_602, report.lines());
        assertEquals(5104, report.steps());
        assertEquals(2829, report.accesses());
        assertEquals(Map.of(ExceptionKind.RESET, 1L), report.exceptions());
        assertEquals(List.of(), report.problems());
        assertEquals(0, report.gaps());
        assertEquals(0, report.notesLeftOut());
    }

    /** {@code grep -c ' ES  ('} is 5104. */
    @Test
    void cycleModel_isReadWhole() throws IOException {
        TarmacReport report =
                TraceText.read(TraceText.sample(TraceText.CYCLE_MODEL)).report();
        assertEquals(5104, report.steps());
        assertEquals(Map.of(ExceptionKind.RESET, 1L), report.exceptions());
        assertEquals(List.of(), report.problems());
        assertEquals(0, report.gaps());
        assertEquals(0, report.notes());
    }

    @Test
    void fastModel_keepsTheResetValuesOfSystemRegisters() throws IOException {
        Event.Step first =
                TraceText.read(TraceText.sample(TraceText.FAST_MODEL)).step(0);
        assertEquals(0x20150, first.address());
        assertEquals(Instruction.a32(0xe3a00601), first.instruction().orElseThrow());
        assertEquals(0x30c50878L, first.before().require(Register.HSCTLR));
        assertEquals(0x80800000L, first.before().require(Register.HTCR));
        assertEquals(0x6L, first.before().require(Register.HDCR));
        assertEquals(0x33ffL, first.before().require(Register.HCPTR));
        assertEquals(0L, first.before().require(Register.VTTBR));
        assertEquals(0xc50078L, first.before().require(Register.SCTLR_S));
        assertEquals(0x98aa4L, first.before().require(Register.PRRR));
        assertEquals(0x1d3L, first.before().require(Register.CPSR));
        assertTrue(first.before().isKnown(Register.CPSR));
        assertEquals(OptionalLong.empty(), first.before().bits(Register.R0));
        assertEquals(OptionalLong.empty(), first.before().bits(Register.ELR_HYP));
    }

    @Test
    void bothModels_sayTheSameOfEachStep() throws IOException {
        TraceText.Result fast = TraceText.read(TraceText.sample(TraceText.FAST_MODEL));
        TraceText.Result cycle = TraceText.read(TraceText.sample(TraceText.CYCLE_MODEL));
        List<Event.Step> fastSteps = fast.all(Event.Step.class);
        List<Event.Step> cycleSteps = cycle.all(Event.Step.class);
        for (int n = 0; n < 5104; n++) {
            Event.Step a = fastSteps.get(n);
            Event.Step b = cycleSteps.get(n);
            assertEquals(a.address(), b.address(), "step " + n);
            assertEquals(a.instruction(), b.instruction(), "step " + n);
            assertEquals(bytes(a), bytes(b), "step " + n);
            for (Register register : COMMON) {
                if (b.before().has(register)) {
                    assertEquals(a.before().get(register), b.before().get(register), "step " + n + " " + register);
                }
            }
        }
    }

    /** The bytes accessed, by address: the dialects cut them differently. */
    private static Map<Integer, String> bytes(Event.Step step) {
        Map<Integer, String> bytes = new TreeMap<>();
        for (MemoryAccess access : step.accesses()) {
            for (int i = 0; i < access.size(); i++) {
                long data = access.data().orElseThrow() >>> 8 * i & 0xff;
                bytes.put(access.address() + i, (access.write() ? "W" : "R") + data);
            }
        }
        return bytes;
    }

    @Test
    void push_hasItsAccesses() throws IOException {
        Event.Step push = TraceText.read(TraceText.sample(TraceText.FAST_MODEL)).step(3);
        assertEquals(Instruction.a32(0xe92d4830), push.instruction().orElseThrow());
        assertEquals(0x100000L, push.before().require(Register.SP_SVC));
        assertEquals(
                List.of(
                        new MemoryAccess(true, 0xffff0, 4, OptionalLong.of(0)),
                        new MemoryAccess(true, 0xffff4, 4, OptionalLong.of(0)),
                        new MemoryAccess(true, 0xffff8, 4, OptionalLong.of(0)),
                        new MemoryAccess(true, 0xffffc, 4, OptionalLong.of(0x2015c))),
                push.accesses());
    }

    @Test
    void end_isASnapshotOfTheLastValues() throws IOException {
        TraceText.Result read = TraceText.read(TraceText.sample(TraceText.FAST_MODEL));
        assertEquals(0x20026L, read.last().state().require(Register.R1));
        assertEquals(OptionalLong.empty(), read.last().state().bits(Register.PC));
        assertEquals(Mode.SVC, read.last().state().mode().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {TraceText.FAST_MODEL, TraceText.CYCLE_MODEL})
    void samples_areRecognisedByTheirFirstBytes(String name) throws IOException {
        assertTrue(Tarmac.looksLike(Arrays.copyOf(TraceText.sample(name), 4096)));
        assertTrue(Tarmac.looksLike(Arrays.copyOf(TraceText.text(name), 4096)));
        assertFalse(Tarmac.looksLike("site,address\n1,2\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
