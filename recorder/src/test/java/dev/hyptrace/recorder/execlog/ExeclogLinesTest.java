package dev.hyptrace.recorder.execlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What single lines mean. */
class ExeclogLinesTest {
    private static final String NOP = "\"nop\"";

    @Test
    void registers_areKnownFromTheLineThatListsThem() throws IOException {
        List<Event.Step> steps = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"mov r0, r0\", cpsr -> 0x600001d3, sp -> 0x00001000",
                        "0, 0x8004, 0xe1a00000, \"mov r0, r0\", r0 -> 0x00000000",
                        "0, 0x8008, 0xe1a00000, \"mov r0, r0\"")
                .steps();
        assertEquals(List.of(Register.PC), steps.get(0).before().registers());
        assertEquals(0x1000, steps.get(1).before().require(Register.SP_SVC));
        assertFalse(steps.get(1).before().has(Register.R0));
        assertEquals(0, steps.get(2).before().require(Register.R0));
        assertTrue(steps.get(2).before().isKnown(Register.SP_SVC));
    }

    @Test
    void currentRegisters_withoutAMode_areKeptWhereNoModeHasABankOfThem() throws IOException {
        State state = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"nop\", r7 -> 0x00000007, r8 -> 0x00000008, sp -> 0x00001000",
                        "0, 0x8004, 0xe1a00000, \"nop\"")
                .steps()
                .get(1)
                .before();
        assertEquals(List.of(Register.R7, Register.PC), state.registers());
    }

    @Test
    void modeChange_saysWhatTheOtherModesRegistersAre() throws IOException {
        List<Event.Step> steps = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x000000d3, sp -> 0x00001000, lr -> 0x00000055",
                        "0, 0x8004, 0xf1020012, \"cps #0x12\", cpsr -> 0x000000d2, sp -> 0x00002000",
                        "0, 0x8008, 0xe1a00000, \"nop\"")
                .steps();
        State irq = steps.get(2).before();
        assertEquals(0x1000, irq.require(Register.SP_SVC));
        assertEquals(0x2000, irq.require(Register.SP_IRQ));
        assertEquals(0x55, irq.require(Register.LR_IRQ), "not listed, so it is as LR_svc was");
    }

    @Test
    void writeThatThePluginDoesNotSee_makesOtherBanksUnknown() throws IOException {
        List<Event.Step> steps = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x000001da, sp -> 0x00001000",
                        "0, 0x8004, 0xf1020013, \"cps #0x13\", cpsr -> 0x000000d3, sp -> 0x00002000",
                        "0, 0x8008, 0xe12ef300, \"msr elr_hyp, r0\"",
                        "0, 0x800c, 0xe1a00000, \"nop\"")
                .steps();
        assertTrue(steps.get(2).before().has(Register.SP_HYP));
        assertFalse(steps.get(3).before().has(Register.SP_HYP));
        assertEquals(0x2000, steps.get(3).before().require(Register.SP_SVC));
    }

    @Test
    void itBits_followTheInstructions() throws IOException {
        List<Event.Step> steps = LogLines.read(
                        "0, 0x8000, 0x2807, \"cmp r0, #7\", cpsr -> 0x600001f3",
                        "0, 0x8002, 0xbf0c, \"ite eq\"",
                        "0, 0x8004, 0x2101, \"movs r1, #1\"",
                        "0, 0x8006, 0x2102, \"movs r1, #2\"",
                        "0, 0x8008, 0xbf00, \"nop\"")
                .steps();
        assertEquals(0x600001f3L, steps.get(1).before().require(Register.CPSR));
        assertEquals(0x60000df3L & ~0xc00L | 0xc00, steps.get(2).before().require(Register.CPSR) & ~0x06000000L);
        assertEquals(
                Optional.of(DerivationRule.STATUS_FROM_INSTRUCTIONS),
                steps.get(2).before().rule(Register.CPSR));
        assertEquals(0x600001f3L, steps.get(4).before().require(Register.CPSR));
    }

    @Test
    void thumbWords_areTakenApart() throws IOException {
        List<Event.Step> steps = LogLines.read(
                        "0, 0x400000ee, 0xe12f2102, \"movs r1, #2\"",
                        "0, 0x400000f0, 0x8056f7e0, \"hvc.w #0x56\"",
                        "0, 0x40000114, 0xea000005, \"b #0x40000130\"",
                        "0, 0x40000130, 0xe92d500f, \"push {r0, r1, r2, r3, ip, lr}\"")
                .steps();
        assertEquals(Instruction.t16(0x2102), steps.get(0).instruction().orElseThrow());
        assertEquals(
                Instruction.hvc(InstructionSet.T32, 0x56),
                steps.get(1).instruction().orElseThrow());
        assertEquals(Instruction.a32(0xea000005), steps.get(2).instruction().orElseThrow());
        assertEquals(Instruction.a32(0xe92d500f), steps.get(3).instruction().orElseThrow());
    }

    @Test
    void instructionSet_thatNothingTells_leavesTheEncodingOut() throws IOException {
        // As A32 CMP (immediate), as Thumb LDM.W: both can stand before 8004.
        List<Event.Step> steps = LogLines.read("0, 0x8000, 0xe350e890, \"\"", "0, 0x8004, 0xe350e890, \"\"")
                .steps();
        assertEquals(Optional.empty(), steps.get(0).instruction());
    }

    @Test
    void interrupt_isTheJumpToTheVectorInItsMode() throws IOException {
        LogLines.Result read = LogLines.read(
                "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x60000013, vbar -> 0x40000000, pc -> 0x00008004",
                "0, 0x8004, 0xe1a00000, \"nop\", cpsr -> 0x60000192, lr -> 0x0000800c, pc -> 0x40000018",
                "0, 0x40000018, 0xea000005, \"b #0x40000034\", pc -> 0x40000034",
                "0, 0x40000034, 0xe1a00000, \"nop\"");
        Event.ExceptionEntry entry = read.all(Event.ExceptionEntry.class).get(0);
        assertEquals(ExceptionKind.IRQ, entry.kind());
        assertEquals(Mode.SVC, entry.from().orElseThrow());
        assertEquals(Mode.IRQ, entry.to().orElseThrow());
        assertEquals(0x800c, entry.atVector().require(Register.LR_IRQ));
        assertFalse(entry.atVector().has(Register.SPSR_IRQ));
        assertEquals(1, read.report().count(Execlog.EXCEPTIONS));
    }

    @Test
    void missingLine_isAGapAndTheRegistersBehindItAreUnknown() throws IOException {
        LogLines.Result read = LogLines.read(
                "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x60000013, r0 -> 0x00000001, pc -> 0x00008004",
                "0, 0x8010, 0xe1a00000, \"nop\", r1 -> 0x00000002, pc -> 0x00008014",
                "0, 0x8014, 0xe1a00000, \"nop\"");
        assertEquals(
                List.of(new Event.Gap(0, "0x00008010 does not follow from 0x00008000")), read.all(Event.Gap.class));
        assertEquals(List.of(Register.PC), read.steps().get(1).before().registers());
        assertEquals(1, read.steps().get(2).before().require(Register.R0));
        assertEquals(2, read.steps().get(2).before().require(Register.R1));
    }

    @Test
    void systemRegisters_areFoundByQemusNames() throws IOException {
        State state = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x000001da, vbar_el2 -> 0x40000100, far_el2 -> 0x00000004,"
                                + " ttbr0 -> 0x00000001, vttbr -> 0x0000000000000002, midr -> 0x414fc0f0, dummy -> 0x00000000",
                        "0, 0x8004, 0xe1a00000, \"nop\"")
                .steps()
                .get(1)
                .before();
        assertEquals(0x40000100L, state.require(Register.HVBAR));
        assertEquals(4, state.require(Register.HDFAR));
        assertEquals(2, state.require(Register.VTTBR));
        assertEquals(0x414fc0f0L, state.require(Register.MIDR));
        assertFalse(state.has(Register.TTBR0), "half of it");
    }

    @Test
    void midr_belowHypMode_isNotKept() throws IOException {
        State state = LogLines.read(
                        "0, 0x8000, 0xe1a00000, \"nop\", cpsr -> 0x000001d3, midr -> 0x414fc0f0",
                        "0, 0x8004, 0xe1a00000, \"nop\"")
                .steps()
                .get(1)
                .before();
        assertFalse(state.has(Register.MIDR));
    }

    @Test
    void memoryAccesses_areANoteBehindTheStep() throws IOException {
        LogLines.Result read = LogLines.read(
                "0, 0x8000, 0xe8bd0003, \"pop {r0, r1}\", load, 0x4007ffe8, RAM, load, 0x4007ffec, RAM, r0 -> 0x00000001",
                "0, 0x8004, 0xe1a00000, \"nop\", store, 0x09000000, pl011, r0 -> 0x00000002",
                "0, 0x8008, 0xe1a00000, \"nop\", load, 0x00000001",
                "0, 0x800c, 0xe1a00000, \"nop\"");
        assertEquals(
                List.of(
                        new Event.Note(0, "physical load, 0x4007ffe8, RAM, load, 0x4007ffec, RAM"),
                        new Event.Note(0, "physical store, 0x09000000, pl011"),
                        new Event.Note(0, "physical load, 0x00000001")),
                read.all(Event.Note.class));
        assertEquals(4, read.report().count(Execlog.ACCESSES));
        assertEquals(2, read.steps().get(2).before().require(Register.R0));
    }

    @Test
    void damagedLine_isAProblemAndAGap() throws IOException {
        LogLines.Result read = LogLines.read(
                "0, 0x8000, 0xe1a00000, \"nop\", r0 -> 0x00000001",
                "0, 0x8004, 0xe1a00000, \"nop\", r0 -> 0xzz",
                "0, 0x8008, 0xe1a00000, \"nop\", r1 -> 0x00000002",
                "0, 0x800c, 0xe1a00000, \"nop\"");
        assertEquals(
                List.of("log: line 2: found '0, 0x8004, 0xe1a00000, \"nop\", r0 -> 0xzz', expected a line such as"
                        + " '0, 0x40000004, 0xe3a00000, \"mov r0, #0\", r0 -> 0x00000000'"),
                read.report().problems());
        assertEquals(List.of(new Event.Gap(0, "a line that is damaged")), read.all(Event.Gap.class));
        assertFalse(read.steps().get(2).before().has(Register.R0), "it may have changed in the line that is lost");
        assertEquals(2, read.steps().get(2).before().require(Register.R1));
    }

    @Test
    void processors_areKeptApart() throws IOException {
        LogLines.Result read = LogLines.read(
                "0, 0x8000, 0xe1a00000, " + NOP + ", r0 -> 0x00000001",
                "1, 0x9000, 0xe1a00000, " + NOP + ", r0 -> 0x00000002",
                "0, 0x8004, 0xe1a00000, " + NOP,
                "1, 0x9004, 0xe1a00000, " + NOP);
        assertEquals(0, read.report().count(Execlog.GAPS));
        assertEquals(1, read.all(Event.Step.class).get(2).before().require(Register.R0));
        assertEquals(2, read.all(Event.Step.class).get(3).before().require(Register.R0));
    }

    @Test
    void logOfA64BitProcessor_isRefused() {
        TraceFormatException refused = assertThrows(
                TraceFormatException.class, () -> LogLines.read("0, 0xffff800010000000, 0xd503201f, \"nop\""));
        assertEquals(
                "log: line 1: an address of more than 32 bits (0, 0xffff800010000000, 0xd503201f, \"nop\"), expected the log"
                        + " of a 32-bit Arm processor",
                refused.getMessage());
    }

    @Test
    void otherText_isRefusedWithWhatItBeginsWith() {
        TraceFormatException refused =
                assertThrows(TraceFormatException.class, () -> LogLines.read("cpu,address", "0, 5"));
        assertTrue(refused.getMessage()
                .startsWith("log: line 2: no line up to here is of a log of QEMU's plugin execlog"));
        assertTrue(refused.getMessage().endsWith(": it begins with 'cpu,address'"));
    }

    @Test
    void lineThatTheFileBreaksOffIn_isLeftOut() throws IOException {
        LogLines.Result read = LogLines.read("0, 0x8000, 0xe1a00000, \"nop\"\n0, 0x8004, 0xe1a00000, \"nop\", r0 -> 0x1"
                .getBytes(StandardCharsets.US_ASCII));
        assertEquals(1, read.steps().size());
        assertEquals(
                List.of("log: line 2: the file is cut in the middle of this line, which is left out"),
                read.report().problems());
    }
}
