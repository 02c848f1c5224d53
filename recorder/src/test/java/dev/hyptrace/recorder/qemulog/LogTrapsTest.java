package dev.hyptrace.recorder.qemulog;

import static dev.hyptrace.recorder.qemulog.LogText.HYP;
import static dev.hyptrace.recorder.qemulog.LogText.SVC;
import static dev.hyptrace.recorder.qemulog.LogText.USR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The thirteen ways in which a QEMU log misleads, each in a few lines. Their numbers are those of the package's manual. */
class LogTrapsTest {
    private static final int HVC = 0xe1400070;
    private static final int NOP = 0xe320f000;
    private static final int ERET = 0xe160006e;
    private static final int BACK = 0xeafffffe; // b to itself
    private static final int LOAD = 0xe5956000; // ldr r6, [r5]

    // Trap 1: instruction bytes are printed when they are translated, not when they are executed.

    @Test
    void inBlock_ofAnInstructionExecutedAgain_givesItsBytesAgain() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, BACK, SVC)
                .line("Trace 0: 0x7f000040 [00000400/00001000/00000060/ff000201] ")
                .registers(0x1000, SVC)
                .read();
        assertEquals(Optional.of(Instruction.a32(BACK)), log.steps().get(1).instruction());
        assertEquals(List.of(), log.gaps());
    }

    @Test
    void inBlock_printedAgainForTheAddress_replacesTheBytes() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, BACK, SVC)
                .step(0x1000, NOP, SVC)
                .line("Trace 0: 0x1234 [00000400/00001000/00000060/ff000201] ")
                .read();
        assertEquals(Optional.of(Instruction.a32(NOP)), log.steps().get(1).instruction());
        assertEquals(Optional.of(Instruction.a32(NOP)), log.steps().get(2).instruction());
    }

    @Test
    void inBlocks_ofTwoAddressSpacesAtOneAddress_areToldApartByTheirPlace() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, BACK)
                .line("Trace 0: 0x7f000100 [00000400/00001000/00000060/ff000201] ")
                .in(0x1000, NOP)
                .line("Trace 0: 0x7f000200 [00000400/00001000/00000060/ff000201] ")
                .line("Trace 0: 0x7f000100 [00000400/00001000/00000060/ff000201] ")
                .line("Trace 0: 0x7f000200 [00000400/00001000/00000060/ff000201] ")
                .read();
        assertEquals(
                List.of(BACK, NOP, BACK, NOP),
                log.steps().stream()
                        .map(step -> step.instruction().orElseThrow().encoding())
                        .toList());
    }

    @Test
    void inBlock_ofThumbCodeAtAnAddressOfA32_isKeptApart() throws IOException {
        LogText.Result log = new LogText()
                .stepThumb(0x1000, "4770", SVC)
                .step(0x1000, NOP, SVC)
                .line("Trace 0: 0x99 [00000400/00001000/00000060/ff000201] ")
                .registers(0x1000, SVC | 0x20)
                .read();
        assertEquals(Optional.of(Instruction.t16(0x4770)), log.steps().get(2).instruction());
    }

    @Test
    void inBlock_ofAWideThumbInstruction_hasItsFirstHalfwordHigh() throws IOException {
        LogText.Result log = new LogText()
                .stepThumb(0x1000, "f7e0 8056", SVC)
                .inThumb(0x1004, "f3af", "8000") // halves that the disassembler did not know
                .trace(0x1004)
                .registers(0x1004, SVC | 0x20)
                .read();
        assertEquals(
                Optional.of(Instruction.t32(0xf7e08056)), log.steps().get(0).instruction());
        assertEquals(
                Optional.of(Instruction.t32(0xf3af8000)), log.steps().get(1).instruction());
    }

    @Test
    void step_neverTranslatedInTheLog_hasNoInstruction() throws IOException {
        LogText.Result log = new LogText().trace(0x1000).registers(0x1000, SVC).read();
        assertEquals(Optional.empty(), log.steps().get(0).instruction());
        assertEquals(1, log.report().count(Count.STEPS_WITHOUT_ENCODING));
    }

    // Trap 2: a block of several instructions has the registers before its first only.

    @Test
    void block_ofSeveralInstructions_givesStepsWithoutRegisters() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, NOP, BACK)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .in(0x1008, BACK)
                .traceBlock(0x1008)
                .registers(0x1008, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 1004", "step 1008", "step 1008"), log.outline());
        assertEquals(17, log.steps().get(0).before().size());
        assertEquals(State.unknown(), log.steps().get(1).before());
        assertEquals(Optional.of(Instruction.a32(BACK)), log.steps().get(2).instruction());
        assertEquals(2, log.report().count(Count.INNER_STEPS));
    }

    @Test
    void block_limitedByItsFlagsToOneInstruction_isOneStep() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, NOP, BACK)
                .trace(0x1000)
                .registers(0x1000, SVC)
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 1004"), log.outline());
    }

    @Test
    void block_withADataAbortInside_runsUpToTheInstructionThatLinkNames() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, LOAD, LOAD, BACK)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .taking(4, "Data Abort", 1, 1, 0x9600003f)
                .set(14, 0x1004 + 8)
                .step(0x2010, NOP, SVC - 0x13 + 0x17)
                .read();
        // The syndrome does not follow, because no line gives DFSR.
        assertEquals(List.of("...with ESR 0x25/0x9600003f"), log.notes());
        assertEquals(List.of("step 1000", "step 1004", "note", "DATA_ABORT", "step 2010"), log.outline());
    }

    @Test
    void block_withATrapToHypAtOneOfSeveralInstructions_isFollowedByAGap() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, LOAD, LOAD, BACK)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .taking(4, "Data Abort", 1, 2, 0x93820045)
                .step(0x2014, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "gap", "DATA_ABORT", "step 2014"), log.outline());
        assertEquals(
                Value.UNKNOWN, log.entries().get(0).atVector().get(Register.ELR_HYP), "it may be either instruction");
    }

    @Test
    void block_withATrapToHypAtTheOnlyInstructionThatCan_runsUpToIt() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, LOAD, NOP, BACK)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .taking(4, "Data Abort", 1, 2, 0x93820045)
                .step(0x2014, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "step 1004", "DATA_ABORT", "step 2014"), log.outline());
        assertEquals(
                new Value.Derived(0x1004, DerivationRule.ELR_FROM_INSTRUCTION_ADDRESS),
                log.entries().get(0).atVector().get(Register.ELR_HYP));
    }

    @Test
    void block_thatEndsInAnHvc_runsToTheHvc() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, HVC)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .step(0x2014, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "step 1004", "HYPERVISOR_CALL", "step 2014"), log.outline());
        assertEquals(
                new Value.Derived(0x1008, DerivationRule.ELR_FROM_HVC_ADDRESS),
                log.entries().get(0).atVector().get(Register.ELR_HYP));
        assertEquals(Value.UNKNOWN, log.entries().get(0).atVector().get(Register.SPSR_HYP));
    }

    // Trap 3: with an interrupt, QEMU prints the syndrome of an earlier exception again.

    @Test
    void irqToHyp_withAStaleSyndromeOfAnHvc_isAnIrqWithoutHsr() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .taking(5, "IRQ", 1, 2, 0x4a000000)
                .step(0x2018, NOP, HYP)
                .read();
        Event.ExceptionEntry entry = log.entries().get(0);
        assertEquals(ExceptionKind.IRQ, entry.kind());
        assertEquals(Value.UNKNOWN, entry.atVector().get(Register.HSR));
        assertEquals(Value.UNKNOWN, entry.atVector().get(Register.SPSR_HYP), "the NOP before it could have been a CMP");
        assertEquals(
                new Value.Derived(0x2000, DerivationRule.HVBAR_FROM_VECTOR),
                entry.atVector().get(Register.HVBAR));
    }

    @Test
    void virtualIrqAndFiq_withAStaleSyndrome_haveTheirKinds() throws IOException {
        LogText.Result log = new LogText()
                .taking(14, "Virtual IRQ", 1, 1, 0x4a000000)
                .taking(15, "Virtual FIQ", 1, 1, 0x4a000000)
                .read();
        assertEquals(ExceptionKind.VIRTUAL_IRQ, log.entries().get(0).kind());
        assertEquals(Optional.of(Mode.IRQ), log.entries().get(0).to());
        assertEquals(ExceptionKind.VIRTUAL_FIQ, log.entries().get(1).kind());
        assertEquals(Optional.of(Mode.FIQ), log.entries().get(1).to());
    }

    // Trap 4: the name of an exception taken to Hyp mode is not what it is.

    @Test
    void undefinedInstructionToHyp_withTheSyndromeOfATrap_isAHypTrap() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0xee117f30, SVC)
                .taking(1, "Undefined Instruction", 1, 2, 0x0fe204e1)
                .step(0x2014, NOP, HYP)
                .read();
        Event.ExceptionEntry entry = log.entries().get(0);
        assertEquals(ExceptionKind.HYP_TRAP, entry.kind());
        assertEquals(new Value.Known(0x0fe204e1), entry.atVector().get(Register.HSR));
        assertEquals(
                new Value.Derived(0x1000, DerivationRule.ELR_FROM_INSTRUCTION_ADDRESS),
                entry.atVector().get(Register.ELR_HYP));
        assertEquals(
                new Value.Derived(Integer.toUnsignedLong(SVC), DerivationRule.SPSR_FROM_CPSR),
                entry.atVector().get(Register.SPSR_HYP));
    }

    @Test
    void exceptionToHyp_byItsClass_hasItsKind() throws IOException {
        assertEquals(ExceptionKind.HYP_TRAP, kind(1, "Undefined Instruction", 0x01));
        assertEquals(ExceptionKind.HYP_TRAP, kind(1, "Undefined Instruction", 0x07));
        assertEquals(ExceptionKind.HYP_TRAP, kind(12, "Hypervisor Trap", 0x13));
        assertEquals(ExceptionKind.UNDEFINED_INSTRUCTION, kind(1, "Undefined Instruction", 0x00));
        assertEquals(ExceptionKind.SUPERVISOR_CALL, kind(2, "SVC", 0x11));
        assertEquals(ExceptionKind.HYPERVISOR_CALL, kind(11, "Hypervisor Call", 0x12));
        assertEquals(ExceptionKind.PREFETCH_ABORT, kind(3, "Prefetch Abort", 0x20));
        assertEquals(ExceptionKind.PREFETCH_ABORT, kind(3, "Prefetch Abort", 0x21));
        assertEquals(ExceptionKind.DATA_ABORT, kind(4, "Data Abort", 0x24));
        assertEquals(ExceptionKind.DATA_ABORT, kind(4, "Data Abort", 0x25));
        assertEquals(ExceptionKind.UNKNOWN, kind(99, "a name of the future", 0x3f));
    }

    private static ExceptionKind kind(int number, String name, int ec) throws IOException {
        return new LogText()
                .taking(number, name, 1, 2, ec << 26)
                .read()
                .entries()
                .get(0)
                .kind();
    }

    // Trap 5: for some classes QEMU clears IL after it has printed the syndrome.

    @Test
    void hsr_ofAbortsWithoutIsvAndOfClass0_isDerivedWithoutIl() throws IOException {
        assertEquals(derivedHsr(0x80000005), hsr(3, "Prefetch Abort", 0x82000005));
        assertEquals(derivedHsr(0x90000045), hsr(4, "Data Abort", 0x92000045));
        assertEquals(derivedHsr(0x00000000), hsr(1, "Undefined Instruction", 0x02000000));
    }

    @Test
    void hsr_ofOtherClasses_isKnownAsPrinted() throws IOException {
        assertEquals(new Value.Known(0x93820045L), hsr(4, "Data Abort", 0x93820045));
        assertEquals(new Value.Known(0x4a001234L), hsr(11, "Hypervisor Call", 0x4a001234));
        assertEquals(new Value.Known(0x07e00000L), hsr(1, "Undefined Instruction", 0x07e00000));
    }

    private static Value derivedHsr(int value) {
        return new Value.Derived(Integer.toUnsignedLong(value), DerivationRule.HSR_FROM_LOGGED_SYNDROME);
    }

    private static Value hsr(int number, String name, int esr) throws IOException {
        LogText.Result log = new LogText().taking(number, name, 1, 2, esr).read();
        return log.entries().get(0).atVector().get(Register.HSR);
    }

    // Trap 6: HVBAR follows from the vector only, is not constant, and the slot depends on the mode left.

    @Test
    void hvbar_movedBetweenTwoCalls_isDerivedForEach() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, HVC, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .step(0x2014, ERET, HYP)
                .returning("hyp", "svc", 0x1004)
                .step(0x1004, HVC, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .step(0x2f54, ERET, HYP)
                .read();
        assertEquals(
                List.of(0x2000L, 0x2f40L),
                log.entries().stream()
                        .map(entry -> entry.atVector().bits(Register.HVBAR).orElseThrow())
                        .toList());
        assertEquals(List.of(), log.gaps());
    }

    @Test
    void hvcInHypMode_takesTheSlotForHypMode() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, HVC, HYP)
                .taking(11, "Hypervisor Call", 2, 2, 0x4a000000)
                .step(0x2008, ERET, HYP)
                .step(0x1004, NOP, HYP)
                .read();
        assertEquals(
                new Value.Derived(0x2000, DerivationRule.HVBAR_FROM_VECTOR),
                log.entries().get(0).atVector().get(Register.HVBAR));
        assertEquals(
                List.of("step 1000", "HYPERVISOR_CALL", "step 2008", "exceptionreturn", "step 1004"), log.outline());
    }

    @Test
    void firstStepAfterAnEntry_inAnotherSlot_isNotItsVector() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, HVC, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .step(0x2008, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "HYPERVISOR_CALL", "gap", "step 2008"), log.outline());
        State atVector = log.entries().get(0).atVector();
        assertEquals(List.of(Register.SPSR_HYP, Register.ELR_HYP, Register.HSR), atVector.registers());
    }

    // Trap 7: code may run through other slots of a vector table, with any SP.

    @Test
    void steps_throughTheSlotsOfAHardenedVectorTable_areNoExceptions() throws IOException {
        int addSp = 0xe28dd001;
        LogText log = new LogText()
                .step(0x1000, HVC, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .set(13, 0x8000);
        for (int slot = 0x14; slot <= 0x1c; slot += 4) {
            log.step(0x2000 + slot, addSp, HYP).set(13, 0x8001 + (slot - 0x14) / 4);
        }
        LogText.Result result = log.read();
        assertEquals(List.of("step 1000", "HYPERVISOR_CALL", "step 2014", "step 2018", "step 201c"), result.outline());
        assertEquals(new Value.Known(0x8002), result.steps().get(3).before().get(Register.SP_HYP));
    }

    // Trap 8: an SMC that QEMU handles as PSCI takes no vector.

    @Test
    void smc_handledAsPsci_isANoteAndTheNextInstructionFollows() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0xe1600070, SVC)
                .taking(13, "Secure Monitor Call", 1, 3, 0x4e000000)
                .line("...handled as PSCI call")
                .set(0, 0x10001)
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "note", "step 1004"), log.outline());
        assertEquals(List.of("Secure Monitor Call handled as PSCI call"), log.notes());
        assertEquals(1, log.report().count(Count.PSCI_CALLS));
    }

    @Test
    void smc_toMonitorMode_isAnEntryWithMvbar() throws IOException {
        LogText.Result log = new LogText()
                .world("S ")
                .step(0x1000, 0xe1600070, SVC)
                .taking(13, "Secure Monitor Call", 3, 3, 0x4e000000)
                .world("")
                .set(14, 0x1004)
                .step(0x3008, NOP, SVC - 0x13 + 0x16)
                .read();
        Event.ExceptionEntry entry = log.entries().get(0);
        assertEquals(Optional.of(Mode.MON), entry.to());
        assertEquals(
                new Value.Derived(0x3000, DerivationRule.VBAR_FROM_VECTOR),
                entry.atVector().get(Register.MVBAR));
        assertEquals(List.of("Secure state"), log.notes());
        assertEquals(List.of(), log.gaps());
    }

    @Test
    void semihostingCall_isANoteAndTheNextInstructionFollows() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0xef123456, SVC)
                .line("Taking exception 16 [Semihosting call] on CPU 0")
                .line("...from EL1 to EL1")
                .line("...with ESR 0x11/0x46123456")
                .line("...handling as semihosting call 0x18")
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(
                List.of(
                        "Taking exception 16 [Semihosting call] on CPU 0",
                        "...with ESR 0x11/0x46123456",
                        "unknown exception handled as semihosting call"),
                log.notes());
        assertEquals(List.of("step 1000", "note", "note", "note", "step 1004"), log.outline());
    }

    // Trap 9: registers do not say whose they are.

    @Test
    void registers_afterTheTraceLinesOfTwoProcessors_goToTheOneWithTheirR15() throws IOException {
        LogText.Result log = new LogText()
                .line("Trace 0: 0x100 [00000400/00001000/00000060/ff000201] ")
                .line("Trace 1: 0x200 [00000400/00002000/00000060/ff000201] ")
                .set(0, 1)
                .registers(0x1000, SVC)
                .set(0, 2)
                .registers(0x2000, SVC)
                .read();
        assertEquals(1, steps(log, 0).get(0).before().require(Register.R0));
        assertEquals(2, steps(log, 1).get(0).before().require(Register.R0));
        assertEquals(1, log.report().problems().size());
        assertTrue(log.report().problems().get(0).startsWith("test.log: line 8: the lines of several CPUs are mixed"));
    }

    @Test
    void registers_thatCanBeOfTwoProcessors_areLeftOut() throws IOException {
        LogText.Result log = new LogText()
                .line("Trace 0: 0x100 [00000400/00001000/00000060/ff000201] ")
                .line("Trace 1: 0x100 [00000400/00001000/00000060/ff000201] ")
                .registers(0x1000, SVC)
                .registers(0x1000, HYP)
                .read();
        assertEquals(List.of(Register.PC), steps(log, 0).get(0).before().registers());
        assertEquals(List.of(Register.PC), steps(log, 1).get(0).before().registers());
        assertEquals(2, log.report().count(Count.STEPS_WITHOUT_REGISTERS));
    }

    @Test
    void exceptionsAndReturns_ofTwoProcessorsInTurn_goToTheOneInThatMode() throws IOException {
        LogText.Result log = new LogText()
                .line("Taking exception 11 [Hypervisor Call] on CPU 1")
                .line("...from EL1 to EL2")
                .line("...with ESR 0x12/0x4a000000")
                .line("Taking exception 5 [IRQ] on CPU 0")
                .line("...from EL1 to EL1")
                .line("...with ESR 0x0/0x0")
                .line("Taking exception 2 [SVC] on CPU 1")
                .line("...from EL2 to EL2")
                .line("...with ESR 0x11/0x46000000")
                .returning("irq", "svc", 0x1000)
                .read();
        assertEquals(0, log.returns().get(0).cpu());
    }

    private static List<Event.Step> steps(LogText.Result log, int cpu) {
        return log.steps().stream().filter(step -> step.cpu() == cpu).toList();
    }

    // Trap 10: a filter leaves out instructions, but not exceptions.

    @Test
    void steps_thatDoNotFollowEachOther_haveAGapBetween() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .step(0x1004, NOP, SVC)
                .step(0x100c, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 1004", "gap", "step 100c"), log.outline());
        assertEquals(List.of("0x0000100c does not follow from 0x00001004"), log.gaps());
    }

    @Test
    void exceptions_betweenFilteredSteps_areReadWithOneGap() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .taking(5, "IRQ", 1, 1, 0)
                .returning("irq", "svc", 0x5000)
                .taking(5, "IRQ", 1, 1, 0)
                .returning("irq", "svc", 0x1004)
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(
                List.of("step 1000", "IRQ", "gap", "exceptionreturn", "IRQ", "exceptionreturn", "step 1004"),
                log.outline());
    }

    @Test
    void hvc_outsideTheFilter_isNotTakenForTheStepBeforeIt() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000000)
                .step(0x2014, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "gap", "HYPERVISOR_CALL", "step 2014"), log.outline());
        assertEquals(Value.UNKNOWN, log.entries().get(0).atVector().get(Register.ELR_HYP));
    }

    // Trap 11: QEMU 7.2 makes MSR SPSR_hyp in Hyp mode undefined.

    @Test
    void undefinedInstruction_ofMsrSpsrHypInHypMode_isRecordedAsQemuTookIt() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0xe16ef300, HYP)
                .taking(1, "Undefined Instruction", 2, 2, 0x02000000)
                .step(0x2004, NOP, HYP)
                .read();
        Event.ExceptionEntry entry = log.entries().get(0);
        assertEquals(ExceptionKind.UNDEFINED_INSTRUCTION, entry.kind());
        assertEquals(Optional.of(Mode.HYP), entry.from());
        assertEquals(derivedHsr(0), entry.atVector().get(Register.HSR));
        assertEquals(List.of(), log.gaps());
    }

    // Trap 12, the size of a log, is in LongInputTest and ImportRate. Trap 13: a QEMU without a disassembler prints
    // bare bytes.

    @Test
    void inBlock_ofBareBytes_isReadInTheInstructionSetOfItsRegisters() throws IOException {
        LogText log = new LogText();
        LogText.Result result = log.line("IN: ")
                .line("0x00001000:  ")
                .line("OBJD-T: dcd19fe5dc019fe5")
                .line("")
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .line("IN: ")
                .line("0x00001008:  ")
                .line("OBJD-T: 10b5e0f75680")
                .line("")
                .traceBlock(0x1008)
                .registers(0x1008, SVC | 0x20)
                .taking(11, "Hypervisor Call", 1, 2, 0x4a000056)
                .read();
        assertEquals(
                List.of(
                        Instruction.a32(0xe59fd1dc),
                        Instruction.a32(0xe59f01dc),
                        Instruction.t16(0xb510),
                        Instruction.t32(0xf7e08056)),
                result.steps().stream()
                        .map(step -> step.instruction().orElseThrow())
                        .toList());
    }

    // Lines that take back a Trace line.

    @Test
    void stoppedExecution_takesBackTheTraceLineBeforeIt() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .step(0x1004, NOP, SVC)
                .line("Stopped execution of TB chain before 0x7f000080 [00001004] ")
                .taking(5, "IRQ", 1, 1, 0)
                .set(14, 0x1008)
                .step(0x2018, NOP, SVC - 0x13 + 0x12)
                .read();
        assertEquals(List.of("step 1000", "IRQ", "step 2018"), log.outline());
        assertEquals(1, log.report().count(Count.CANCELLED));
    }

    @Test
    void stoppedExecution_ofAnotherAddress_isANote() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, NOP, SVC)
                .line("Stopped execution of TB chain before 0x7f000080 [00009999] ")
                .read();
        assertEquals(List.of("step 1000", "note"), log.outline());
    }

    @Test
    void rewoundExecution_ofOlderVersions_namesTheStartOfTheBlock() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP, LOAD, BACK)
                .traceBlock(0x1000)
                .registers(0x1000, SVC)
                .line("cpu_io_recompile: rewound execution of TB to 00001000")
                .in(0x1004, LOAD)
                .trace(0x1004)
                .registers(0x1004, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 1004"), log.outline());
    }

    // What is left: returns, modes, logs with less in them.

    @Test
    void exceptionReturn_withinAMode_isFoundThoughQemuPrintsNoLine() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0xe1b0f00e, SVC) // movs pc, lr
                .step(0x5000, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "exceptionreturn", "step 5000"), log.outline());
        assertEquals(Optional.of(Mode.SVC), log.returns().get(0).to());
    }

    @Test
    void exceptionReturn_whoseConditionFails_isNone() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, 0x11b0f00e, SVC) // movsne pc, lr with Z set
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 1004"), log.outline());
    }

    @Test
    void exceptionReturn_toThumbCode_matchesItsUnalignedTarget() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, ERET, HYP)
                .returning("hyp", "svc", 0x5003)
                .stepThumb(0x5002, "bf00", SVC)
                .read();
        assertEquals(List.of(), log.gaps());
        assertEquals(new Value.Known(0x5002), log.returns().get(0).after().get(Register.PC));
    }

    @Test
    void prefetchAbort_atTheTargetOfAReturn_followsItWithoutGap() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, ERET, HYP)
                .returning("hyp", "svc", 0x80000000)
                .taking(3, "Prefetch Abort", 1, 2, 0x82000005)
                .line("...with HIFAR 0x80000000")
                .step(0x2014, NOP, HYP)
                .read();
        assertEquals(List.of("step 1000", "exceptionreturn", "PREFETCH_ABORT", "step 2014"), log.outline());
        assertEquals(
                new Value.Known(0x8000_0000L), log.entries().get(0).atVector().get(Register.HIFAR));
    }

    @Test
    void modeSwitch_isANoteAndTheBankedRegistersChangeNames() throws IOException {
        LogText.Result log = new LogText()
                .set(13, 0x8000)
                .step(0x1000, 0xf1020012, SVC) // cps #0x12
                .line("AArch32 mode switch from svc to irq PC 0x1000")
                .set(13, 0x9000)
                .step(0x1004, NOP, SVC - 0x13 + 0x12)
                .read();
        assertEquals(List.of("step 1000", "note", "step 1004"), log.outline());
        assertEquals(List.of("AArch32 mode switch from svc to irq PC 0x1000"), log.notes());
        assertEquals(new Value.Known(0x8000), log.steps().get(0).before().get(Register.SP_SVC));
        assertEquals(new Value.Known(0x9000), log.steps().get(1).before().get(Register.SP_IRQ));
    }

    @Test
    void worldOfTheProcessor_whenItChanges_isANote() throws IOException {
        LogText.Result log = new LogText()
                .world("S ")
                .step(0x1000, NOP, SVC)
                .step(0x1004, NOP, SVC)
                .world("NS ")
                .step(0x1008, NOP, SVC)
                .read();
        assertEquals(List.of("Secure state", "Non-secure state"), log.notes());
        assertEquals(17, log.steps().get(2).before().size());
    }

    @Test
    void faultRegisters_ofAnAbortToSecureState_areTheSecureCopies() throws IOException {
        LogText.Result log = new LogText()
                .taking(4, "Data Abort", 3, 3, 0x9600003f)
                .line("...with DFSR 0x8 DFAR 0xfff00000")
                .read();
        assertEquals(
                List.of(Register.DFSR_S, Register.DFAR_S),
                log.entries().get(0).atVector().registers());
    }

    @Test
    void log_withTraceLinesOnly_givesStepsWithPcOnly() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP)
                .trace(0x1000)
                .in(0x1004, NOP)
                .trace(0x1004)
                .read();
        assertEquals(2, log.steps().size());
        assertEquals(List.of(Register.PC), log.steps().get(0).before().registers());
        assertEquals(Optional.of(Instruction.a32(NOP)), log.steps().get(0).instruction());
    }

    @Test
    void log_withRegistersOnly_givesStepsAtR15() throws IOException {
        LogText.Result log = new LogText()
                .in(0x1000, NOP)
                .registers(0x1000, USR)
                .in(0x1004, NOP)
                .registers(0x1004, USR)
                .read();
        assertEquals(List.of("step 1000", "step 1004"), log.outline());
        assertEquals(17, log.steps().get(1).before().size());
    }

    @Test
    void log_withoutInterruptLines_showsACallByTheStepsAlone() throws IOException {
        LogText.Result log = new LogText()
                .step(0x1000, HVC, SVC)
                .step(0x2014, ERET, HYP)
                .step(0x1004, NOP, SVC)
                .read();
        assertEquals(List.of("step 1000", "step 2014", "exceptionreturn", "step 1004"), log.outline());
    }

    @Test
    void traceLines_ofEveryVersion_areRead() throws IOException {
        LogText.Result log = new LogText()
                .line("Trace 0x7fa31cec7000 [00001000] ")
                .line("Trace 0x7fa31cec7000 [0: 00001004] start")
                .line("Trace 0: 0x7fa31cec7000 [00000000/00001008/0x60] ")
                .line("Trace 0: 0x7fa31cec7000 [00000400/0000100c/00000060/ff000201] ")
                .line("Trace 0: 0x7fa31cec7000 [00000400/0000000000001010/00000460/ff020201] main")
                .line("Trace 0: 0x7fa31cec7000 [400/1014/60] ")
                .read();
        assertEquals(
                List.of("step 1000", "step 1004", "step 1008", "step 100c", "step 1010", "step 1014"),
                log.steps().stream()
                        .map(step -> String.format("step %x", step.address()))
                        .toList());
    }

    /** CF_COUNT_MASK of cflags is 1 in a log that was single-stepped. */
    @Test
    void blocksWithoutCode_areFollowedByGaps_unlessTheyHaveOneInstruction() throws IOException {
        LogText.Result blocks = new LogText()
                .line("Trace 0: 0x7fa31cec7000 [00000400/00001000/00000060/ff000000] ")
                .line("Taking exception 11 [Hypervisor Call] on CPU 0")
                .line("...from EL1 to EL2")
                .line("...with ESR 0x12/0x4a000000")
                .line("Trace 0: 0x7fa31cec8000 [00000400/00002014/00000060/ff000000] ")
                .read();
        assertEquals(List.of("step 1000", "gap", "HYPERVISOR_CALL", "step 2014", "gap"), blocks.outline());
        assertEquals(Value.UNKNOWN, blocks.entries().get(0).atVector().get(Register.ELR_HYP));
        LogText.Result steps = new LogText()
                .line("Trace 0: 0x7fa31cec7000 [00000400/00001000/00000060/ff000201] ")
                .line("Taking exception 11 [Hypervisor Call] on CPU 0")
                .line("...from EL1 to EL2")
                .line("...with ESR 0x12/0x4a000000")
                .line("Trace 0: 0x7fa31cec8000 [00000400/00002014/00000060/ff000201] ")
                .read();
        assertEquals(List.of("step 1000", "HYPERVISOR_CALL", "step 2014"), steps.outline());
    }

    @Test
    void registersWithoutCode_inAStraightLine_showThatTheLogWasSingleStepped() throws IOException {
        LogText log = new LogText();
        for (int i = 0; i < 20; i++) {
            log.registers(0x1000 + 4 * i, USR);
        }
        List<String> outline = log.read().outline();
        assertEquals(List.of("step 1000", "gap", "step 1004", "gap"), outline.subList(0, 4));
        assertEquals(List.of("step 1040", "step 1044", "step 1048", "step 104c"), outline.subList(32, 36));
    }

    @Test
    void exceptionLine_withoutProcessor_isOfTheCurrentOne() throws IOException {
        LogText.Result log = new LogText()
                .line("Taking exception 2 [SVC]")
                .line("...from EL0 to EL1")
                .line("...with ESR 0x11/0x4600000b")
                .read();
        assertEquals(ExceptionKind.SUPERVISOR_CALL, log.entries().get(0).kind());
        assertEquals(Optional.of(Mode.USR), log.entries().get(0).from());
    }

    @Test
    void interrupts_ofAServiceCallInAnItBlock_saveTheAdvancedItState() throws IOException {
        int it = 0x0000_0c00; // ITSTATE 00001100 in PSR[15:10]: EQ, two more instructions
        LogText.Result log = new LogText()
                .stepThumb(0x1000, "df01", SVC | it)
                .taking(2, "SVC", 1, 1, 0x46000001)
                .set(14, 0x1002)
                .step(0x2008, NOP, SVC)
                .read();
        int advanced = 0x0000_1800 & 0xfc00 | SVC | 0x20; // ITSTATE 00011000
        assertEquals(
                new Value.Derived(Integer.toUnsignedLong(advanced), DerivationRule.SPSR_FROM_CPSR),
                log.entries().get(0).atVector().get(Register.SPSR_SVC));
    }
}
