package dev.hyptrace.recorder.tarmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of line becomes, dialect by dialect. */
class TarmacLinesTest {
    private static final String NOP = "1 clk IT (1) 00008000 e320f000 A svc_n : NOP";

    /** A call from svc to hyp and back: the banks stay apart, which readers of one SP and LR lose. */
    @Test
    void hypercallAndReturn_keepTheBanksApart() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk R r13_svc c3000000",
                "1 clk R r14_svc c0001111",
                "1 clk R cpsr 600001d3",
                "1 clk IT (1) 00008000 e1400070 A svc_n : HVC      #0",
                "1 clk E 00008000 hyp 00000019 CoreEvent_ModeChange",
                "1 clk R elr_hyp 00008004",
                "1 clk R spsr_hyp 600001d3",
                "1 clk R HSR 4a000000",
                "1 clk R cpsr 600001da",
                "2 clk IT (2) 00009014 e3a0d4c9 A hyp_n : MOV      sp,#0xc9000000",
                "2 clk R r13_hyp c9000000",
                "3 clk IT (3) 00009018 e160006e A hyp_n : ERET",
                "3 clk R cpsr 600001d3",
                "4 clk IT (4) 00008004 e320f000 A svc_n : NOP");
        Event.ExceptionEntry entry = read.all(Event.ExceptionEntry.class).get(0);
        assertEquals(ExceptionKind.HYPERVISOR_CALL, entry.kind());
        assertEquals(Optional.of(Mode.SVC), entry.from());
        assertEquals(Optional.of(Mode.HYP), entry.to());
        assertEquals(new Value.Known(0x8004), entry.atVector().get(Register.ELR_HYP));
        assertEquals(new Value.Known(0x600001d3L), entry.atVector().get(Register.SPSR_HYP));
        assertEquals(new Value.Known(0x4a000000L), entry.atVector().get(Register.HSR));
        assertEquals(
                new Value.Derived(0x9000, DerivationRule.HVBAR_FROM_VECTOR),
                entry.atVector().get(Register.HVBAR));
        assertEquals(new Value.Known(0xc9000000L), read.step(2).before().get(Register.SP_HYP));
        assertEquals(new Value.Known(0xc3000000L), read.step(3).before().get(Register.SP_SVC));
        assertEquals(new Value.Known(0xc0001111L), read.step(3).before().get(Register.LR_SVC));
        assertEquals(1, read.all(Event.ExceptionReturn.class).size());
        assertEquals(0, read.report().problemCount());
        assertEquals(0, read.report().gaps());
    }

    @Test
    void exceptionReturn_isFoundByItsEncoding() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk R r13_svc c3000000",
                "1 clk R SP_hyp c9000000",
                "2 clk IT (2) 00009018 e160006e A hyp_n : ERET",
                "2 clk R cpsr 600001d3",
                "3 clk IT (3) 00008004 e320f000 A svc_n : NOP");
        Event.ExceptionReturn event = read.all(Event.ExceptionReturn.class).get(0);
        assertEquals(Optional.of(Mode.HYP), event.from());
        assertEquals(Optional.of(Mode.SVC), event.to());
        assertEquals(new Value.Known(0xc3000000L), event.after().get(Register.SP_SVC));
        assertEquals(new Value.Known(0xc9000000L), event.after().get(Register.SP_HYP));
        assertEquals(new Value.Known(0x8004), event.after().get(Register.PC));
        assertEquals(0, read.report().gaps());
    }

    @Test
    void hypercall_withoutItsLines_hasDerivedRegisters() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk R cpsr 000001d3",
                "1 clk R ELR_hyp 11111111",
                "1 clk R HSR 22222222",
                "1 clk IT (1) 00008000 e1401172 A svc_n : HVC      #0x112",
                "2 clk IT (2) 00009014 e320f000 A hyp_n : NOP");
        State vector = read.all(Event.ExceptionEntry.class).get(0).atVector();
        assertEquals(new Value.Derived(0x8004, DerivationRule.ELR_FROM_HVC_ADDRESS), vector.get(Register.ELR_HYP));
        assertEquals(new Value.Derived(0x4a000112L, DerivationRule.HSR_FROM_HVC), vector.get(Register.HSR));
        assertEquals(new Value.Derived(0x1d3, DerivationRule.SPSR_FROM_CPSR), vector.get(Register.SPSR_HYP));
        assertEquals(Value.UNKNOWN, vector.get(Register.CPSR));
    }

    /** As Fast Models write a data abort: the change of mode is no exception of its own. */
    @Test
    void dataAbort_isOneEntryWithItsRegisters() throws IOException {
        TraceText.Result read = TraceText.read(
                "1000000 ps R cpsr 000001d3",
                "2000000 ps IT (2) 000200b8 e890000e A svc_s : LDM      r0,{r1-r3}",
                "2000000 ps MR4 00000002 (ABORTED)",
                "2000000 ps E 000200b8 abt 00000019 CoreEvent_ModeChange",
                "2000000 ps E 000200b8 00000005 CoreEvent_handleDataAbort",
                "2000000 ps R r14_abt 000200c0",
                "2000000 ps R cpsr 000001d7",
                "2000000 ps R spsr_abt 000001d3",
                "2000000 ps R DFSR_S 00000001",
                "3000000 ps IS (3) 00000010 dfdfdfcf A abt_s : SVCLE    #0xdfdfcf",
                "4000000 ps IT (4) 00000014 cfdfdfdf A abt_s : SVCGT    #0xdfdfdf",
                "4000000 ps E 00000014 00dfdfdf00000003 CoreEvent_SWI");
        assertEquals(
                Map.of(ExceptionKind.DATA_ABORT, 1L, ExceptionKind.SUPERVISOR_CALL, 1L),
                read.report().exceptions());
        Event.ExceptionEntry entry = read.all(Event.ExceptionEntry.class).get(0);
        assertEquals(Optional.of(Mode.ABT), entry.to());
        assertEquals(0x200c0, entry.atVector().require(Register.LR_ABT));
        assertEquals(1, entry.atVector().require(Register.DFSR_S));
        assertEquals(Value.UNKNOWN, entry.atVector().get(Register.DFAR_S));
        assertEquals(0, read.report().gaps());
        assertEquals(
                List.of(new MemoryAccess(false, 2, 4, OptionalLong.empty())),
                read.step(0).accesses());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "R r13_hyp 00000001 | SP_HYP | 1",
                "R SP_HYP 00000001 | SP_HYP | 1",
                "R r14_hyp 00000002 | LR_USR | 2",
                "R lr_svc 00000003 | LR_SVC | 3",
                "R R8 (USR) 00000800 | R8 | 800",
                "R r8_fiq 00000801 | R8_FIQ | 801",
                "R SP 00000004 | SP_SVC | 4",
                "R r14 00000005 | LR_SVC | 5",
                "R spsr 00000006 | SPSR_SVC | 6",
                "R ELR_hyp 00000007 | ELR_HYP | 7",
                "R SCTLR_S 00000008 | SCTLR_S | 8",
                "R SCTLR_NS 00000009 | SCTLR | 9",
                "R SCTLR (AARCH32) 0000000a | SCTLR | a",
                "R FCSE_NS 0000000b | FCSEIDR | b",
                "R TTBR0_64_NS 1234567800000000 | TTBR0 | 1234567800000000",
                "R HTTBR 12345678_00000001 | HTTBR | 1234567800000001",
                "R VTTBR 12345678 00000002 | VTTBR | 1234567800000002",
                "R cpsr 1220023d3 | CPSR | 220023d3",
                "R r2 20001fff (MSP) | R2 | 20001fff",
                "R q1 93c467e37db0c7a4_d1be3f810152cb56 | D3 | 93c467e37db0c7a4",
                "R V1<63:0> 7766554433221100 | D2 | 7766554433221100",
                "R Q1 -------- -------- 3ff6a09e 667f3bcd | D2 | 3ff6a09e667f3bcd",
                "R d8 0000000000000001 | D8 | 1",
            })
    void registerLine_isTheRegisterItMeans(String line, Register register, String bits) throws IOException {
        TraceText.Result read = TraceText.read(NOP, line);
        assertEquals(
                new Value.Known(Long.parseUnsignedLong(bits, 16)),
                read.last().state().get(register));
        assertTrue(read.last().state().size() <= 2, read.last().toString());
    }

    @Test
    void unknownDigits_makeTheRegisterUnknown() throws IOException {
        TraceText.Result read = TraceText.read(NOP, "R r0 00000001", "R r1 00000002", "R r0 --------");
        assertEquals(Value.UNKNOWN, read.last().state().get(Register.R0));
        assertEquals(new Value.Known(2), read.last().state().get(Register.R1));
    }

    @Test
    void single_isHalfOfAKnownDouble() throws IOException {
        TraceText.Result read = TraceText.read(NOP, "R d1 0000000000000000", "R s3 3f800000", "R s4 3f800000");
        assertEquals(new Value.Known(0x3f80000000000000L), read.last().state().get(Register.D1));
        assertEquals(Value.UNKNOWN, read.last().state().get(Register.D2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MR4 00008034 000029b4 | false | 8034 | 4 | 29b4",
                "MR8 0000c7c8:00000000c7c8_NS 00000001_0000ca68 | false | c7c8 | 8 | 10000ca68",
                "MW1 0fffffb8 7f | true | fffffb8 | 1 | 7f",
                "MW4X 0000ab34:00000000ab34 00000001 | true | ab34 | 4 | 1",
                "MNW4___D 2002fa00 01020304 | true | 2002fa00 | 4 | 4030201",
                "R08 00d14af4 4305000042ea0000 | false | d14af4 | 8 | 4305000042ea0000",
                "W04 X 00c15c30 010c010b | true | c15c30 | 4 | 10c010b",
                "LD 00000370  ........ ......48 ........ ........     0000000370    NM | false | 378 | 1 | 48",
                "ST b0080100  ........ ........ ffffffff ........     00b0080100    DV | true | b0080104 | 4 | ffffffff",
            })
    void memoryLine_isAnAccess(String line, boolean write, String address, int size, String data) throws IOException {
        assertEquals(
                List.of(new MemoryAccess(
                        write,
                        Integer.parseUnsignedInt(address, 16),
                        size,
                        OptionalLong.of(Long.parseUnsignedLong(data, 16)))),
                TraceText.read(NOP, line).step(0).accesses());
    }

    @Test
    void windowLine_isContinuedByOneWithoutItsWord() throws IOException {
        TraceText.Result read = TraceText.read(
                "       3981 tic ES  (000000d8:c878)     T svc_n:         LDM      r0!,{r3-r6}",
                "                    LD 00004020  ........ 626d654d 2043424d 4545203e   S:0000000000004020  NM NSH",
                "                       00004010  3e000a73 ........ ........ ......##   S:0000000000004010  NM NSH");
        assertEquals(
                List.of(
                        new MemoryAccess(false, 0x4020, 4, OptionalLong.of(0x4545203e)),
                        new MemoryAccess(false, 0x4024, 4, OptionalLong.of(0x2043424d)),
                        new MemoryAccess(false, 0x4028, 4, OptionalLong.of(0x626d654d)),
                        new MemoryAccess(false, 0x4010, 1, OptionalLong.empty()),
                        new MemoryAccess(false, 0x401c, 4, OptionalLong.of(0x3e000a73))),
                read.step(0).accesses());
        assertEquals(Instruction.t16(0xc878), read.step(0).instruction().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 clk IT (0) 00008000 fa000000 A svc_s : BLX | 8000 | fa000000",
                "1 clk IT (1) 00008008 a00a T svc_s : ADR | 8008 | a00a",
                "2 clk IT (2) 000096ea e8bd87f0 T svc_s : POP | 96ea | e8bd 87f0",
                "23 clk IT (23) 0000815c:00000000815c_NS,00000000815e_NS f7ffef76 T hyp_n : BLX | 815c | f7ff ef76",
                "3041 cyc IT (00022a7c:00000006) 00022a7c     48f6 T16 LDR | 22a7c | 48f6",
                "6000000 cs IT (004d6eb8) e320f000 A  ---_- :        nop | 4d6eb8 | e320f000",
                "271ns cpu3 IT (5) 00008000 e320f000 A usr_ns : NOP | 8000 | e320f000",
                "1.5 ns ES  (00000164:e59f1198) A svc:   LDR | 164 | e59f1198",
                "11519 tic ES (10000b58:--------) T svc_s: | 10000b58 | ''",
                "5 system.cpu IT | 0 | none",
            })
    void instructionLine_ofEachDialect_isAStep(String line, String address, String code) throws IOException {
        if (code.equals("none")) {
            assertThrows(TraceFormatException.class, () -> TraceText.read(line));
            return;
        }
        Event.Step step = TraceText.read(line).step(0);
        assertEquals(Integer.parseUnsignedInt(address, 16), step.address());
        assertEquals(code, step.instruction().map(Instruction::toString).orElse(""));
        assertEquals(line.contains("cpu3") ? 3 : 0, step.cpu());
    }

    @Test
    void twoProcessors_haveRegistersOfTheirOwn() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk cpu0 IT (1) 00008000 e320f000 A svc_n : NOP",
                "1 clk cpu1 IT (1) 00008000 e320f000 A svc_n : NOP",
                "1 clk cpu0 R r0 00000001",
                "1 clk cpu1 R r0 00000002",
                "2 clk cpu0 IT (2) 00008004 e320f000 A svc_n : NOP",
                "2 clk cpu1 IT (2) 00008004 e320f000 A svc_n : NOP");
        for (Event.Step step : read.all(Event.Step.class)) {
            if (step.address() == 0x8004) {
                assertEquals(step.cpu() + 1, step.before().require(Register.R0));
            }
        }
        assertEquals(4, read.report().steps());
        assertEquals(0, read.report().gaps());
    }

    @Test
    void missingInstructions_areAGapAndWhatWasKnownIsUnknown() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk R r0 00000001", NOP, "1 clk R r1 00000002", "9 clk IT (9) 00008010 e320f000 A svc_n : NOP");
        assertEquals(
                "0x00008010 does not follow from 0x00008000",
                read.all(Event.Gap.class).get(0).reason());
        assertEquals(Value.UNKNOWN, read.step(1).before().get(Register.R0));
        assertEquals(new Value.Known(2), read.step(1).before().get(Register.R1));
    }

    @Test
    void itBlock_movesTheItBitsOfCpsr() throws IOException {
        TraceText.Result read = TraceText.read(
                "1 clk R cpsr 000001f3",
                "1 clk IT (1) 00008000 bf04 T svc_n : ITT      EQ",
                "2 clk IS (2) 00008002 2001 T svc_n : MOVEQ    r0,#1",
                "3 clk IS (3) 00008004 2001 T svc_n : MOVEQ    r0,#1",
                "4 clk IT (4) 00008006 2001 T svc_n : MOVS     r0,#1");
        assertEquals(0x1f3, read.step(0).before().require(Register.CPSR));
        assertEquals(0x5f3, read.step(1).before().require(Register.CPSR));
        assertEquals(0x9f3, read.step(2).before().require(Register.CPSR));
        assertEquals(
                new Value.Derived(0x1f3, DerivationRule.STATUS_FROM_INSTRUCTIONS),
                read.step(3).before().get(Register.CPSR));
    }

    @Test
    void otherLines_areNotesAfterTheirStep() throws IOException {
        TraceText.Result read = TraceText.read(NOP, "1 clk SIGNAL: SIGNAL=VIRQ STATE=Y", "1 clk R WFAR 00000000");
        assertEquals(
                List.of("1 clk SIGNAL: SIGNAL=VIRQ STATE=Y", "1 clk R WFAR 00000000"),
                read.all(Event.Note.class).stream().map(Event.Note::text).toList());
        assertTrue(read.events().get(0) instanceof Event.Step);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 clk IT (2) zzzz | found '1 clk IT (2) zzzz', expected an instruction line",
                "1 clk IT (2) 00008000 e1600006e A hyp_n : ERET | found '1 clk IT (2) 00008000 e1600006e A hyp_n : ERET', expected an",
                "1 clk R r0 12345678zz | found '1 clk R r0 12345678zz', expected a register line",
                "1 clk MR4 0000 12 | found '1 clk MR4 0000 12', expected a memory line",
                "LD 0000 1234 | found 'LD 0000 1234', expected a memory line",
            })
    void brokenRecord_isAProblemThatNamesLineAndExpectation(String line, String problem) throws IOException {
        TarmacReport report = TraceText.read(NOP, line, "2 clk IT (2) 00008004 e320f000 A svc_n : NOP")
                .report();
        assertEquals(1, report.problemCount());
        assertTrue(
                report.problems().get(0).startsWith("trace: line 2: " + problem),
                report.problems().get(0));
        assertEquals(2, report.steps());
    }

    @Test
    void aarch64_isRefusedByNameAndLine() {
        TraceFormatException refused = assertThrows(
                TraceFormatException.class,
                () -> TraceText.read(NOP, "1 clk IT (2) 00008000 d2a00028 O EL3h_s : MOV      x8,#0x10000"));
        assertEquals(
                "trace: line 2: an instruction in AArch64 state (O), expected AArch32 (A or T)", refused.getMessage());
    }

    @Test
    void nothingAndText_areRefused() {
        assertEquals(
                "trace: line 1: the file is empty, expected a Tarmac trace",
                assertThrows(TraceFormatException.class, () -> TraceText.read(new byte[0]))
                        .getMessage());
        assertThrows(TraceFormatException.class, () -> TraceText.read("R r0 00000000", "nothing"));
        assertFalse(Tarmac.looksLike("nothing but notes\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void cutLastLine_isLeftOutAndSaid() throws IOException {
        byte[] cut = (NOP + "\nR r0 0000").getBytes(StandardCharsets.US_ASCII);
        TraceText.Result read = TraceText.read(cut);
        assertEquals(
                List.of("trace: line 2: the trace is cut in the middle of this line, which is left out"),
                read.report().problems());
        assertEquals(Value.UNKNOWN, read.step(0).before().get(Register.R0));
        assertEquals(1, read.report().steps());
    }
}
