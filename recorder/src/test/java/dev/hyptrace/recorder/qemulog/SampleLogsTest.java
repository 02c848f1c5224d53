package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read of the recorded logs, in counts that shell commands find in them, too:
 *
 * <pre>
 * zgrep -c '^Trace ' FILE                                    steps
 * zgrep '^PSR' FILE | awk '{print $NF}' | sort | uniq -c     modes
 * zgrep '^Taking' FILE | sort | uniq -c                      exceptions, by QEMU's names
 * zgrep -c '^Exception return' FILE                          exception returns that change the mode
 * zgrep -c 'mode switch' FILE; zgrep -c PSCI FILE            mode switches, calls of PSCI
 * </pre>
 */
class SampleLogsTest {
    @ParameterizedTest
    @ValueSource(strings = {SampleLogs.BARE_METAL_7, SampleLogs.BARE_METAL_10})
    void bareMetalLog_everyHypEntry_isReadWithoutGap(String name) throws IOException {
        LogText.Result log = SampleLogs.read(name);
        assertEquals(163, log.steps().size());
        assertEquals(
                Map.of(
                        Mode.ABT, 4L, Mode.FIQ, 3L, Mode.HYP, 87L, Mode.IRQ, 2L, Mode.SVC, 57L, Mode.SYS, 2L, Mode.UND,
                        4L, Mode.USR, 4L),
                modes(log));
        // 12 are taken; of these one SMC is PSCI's, two of the three "Undefined Instruction" are traps to Hyp mode.
        assertEquals(
                Map.of(
                        ExceptionKind.HYPERVISOR_CALL, 4L,
                        ExceptionKind.HYP_TRAP, 2L,
                        ExceptionKind.SUPERVISOR_CALL, 3L,
                        ExceptionKind.UNDEFINED_INSTRUCTION, 1L,
                        ExceptionKind.DATA_ABORT, 1L),
                log.report().exceptions());
        // 9 lines, and two returns without a change of mode: ERET from Hyp to Hyp mode, MOVS PC, LR from svc to svc.
        assertEquals(11, log.returns().size());
        assertEquals(7, log.report().count(Count.MODE_SWITCHES));
        assertEquals(1, log.report().count(Count.PSCI_CALLS));
        assertEquals(List.of(), log.gaps());
        assertEquals(List.of(), log.report().problems());
        assertTrue(log.steps().stream().allMatch(step -> step.instruction().isPresent()));
        assertTrue(log.steps().stream().allMatch(step -> step.before().size() == 17));
    }

    @Test
    void bareMetalLogs_ofBothVersions_giveTheSameEventsButForTheInvalidRead() throws IOException {
        List<Event> seven = SampleLogs.read(SampleLogs.BARE_METAL_7).events().stream()
                .filter(event ->
                        !(event instanceof Event.Note note && note.text().startsWith("Invalid read")))
                .toList();
        assertEquals(SampleLogs.read(SampleLogs.BARE_METAL_10).events(), seven);
    }

    @Test
    void bareMetalLog_entriesToHyp_haveVectorReturnAndSyndrome() throws IOException {
        List<Event.ExceptionEntry> entries = SampleLogs.read(SampleLogs.BARE_METAL_7).entries().stream()
                .filter(entry -> entry.to().equals(Optional.of(Mode.HYP)))
                .toList();
        assertEquals(6, entries.size());
        // hvc #0x1234 at 40000078, T32 hvc #0x56 at 400000f0, mrc (HCR.TAC) at 4000009c, wfi (HCR.TWI) at 400000a0,
        // hvc #3 at 400000b0, hvc #0xf in Hyp mode at 4000016c: arm-none-eabi-objdump -d of the program.
        assertEntry(entries.get(0), ExceptionKind.HYPERVISOR_CALL, 0x40000114, 0x4000007c, 0x4a001234);
        assertEntry(entries.get(1), ExceptionKind.HYPERVISOR_CALL, 0x40000114, 0x400000f4, 0x4a000056);
        assertEntry(entries.get(2), ExceptionKind.HYP_TRAP, 0x40000114, 0x4000009c, 0x0fe204e1);
        assertEntry(entries.get(3), ExceptionKind.HYP_TRAP, 0x40000114, 0x400000a0, 0x07e00000);
        assertEntry(entries.get(4), ExceptionKind.HYPERVISOR_CALL, 0x40000114, 0x400000b4, 0x4a000003);
        assertEntry(entries.get(5), ExceptionKind.HYPERVISOR_CALL, 0x40000108, 0x40000170, 0x4a00000f);
        assertEquals(Optional.of(Mode.HYP), entries.get(5).from());
    }

    private static void assertEntry(
            Event.ExceptionEntry entry, ExceptionKind kind, int vector, int returnAddress, int hsr) {
        assertEquals(kind, entry.kind());
        assertEquals(new Value.Known(vector), entry.atVector().get(Register.PC));
        DerivationRule rule = kind == ExceptionKind.HYPERVISOR_CALL
                ? DerivationRule.ELR_FROM_HVC_ADDRESS
                : DerivationRule.ELR_FROM_INSTRUCTION_ADDRESS;
        assertEquals(new Value.Derived(returnAddress, rule), entry.atVector().get(Register.ELR_HYP));
        assertEquals(
                new Value.Derived(0x40000100, DerivationRule.HVBAR_FROM_VECTOR),
                entry.atVector().get(Register.HVBAR));
        assertEquals(new Value.Known(hsr), entry.atVector().get(Register.HSR));
    }

    /** The program reads ELR_hyp, SPSR_hyp and HSR in its handler: what was derived is what it read. */
    @Test
    void bareMetalLog_derivedReturnState_isWhatTheHandlerReads() throws IOException {
        List<Event> events = SampleLogs.read(SampleLogs.BARE_METAL_7).events();
        int checked = 0;
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i) instanceof Event.ExceptionEntry entry)
                    || entry.atVector().bits(Register.PC).orElseThrow() != 0x40000114) {
                continue;
            }
            Event.Step atCompare = events.subList(i, events.size()).stream()
                    .filter(event -> event instanceof Event.Step step && step.address() == 0x40000144)
                    .map(Event.Step.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertEquals(entry.atVector().bits(Register.HSR), atCompare.before().bits(Register.R0));
            assertEquals(
                    entry.atVector().bits(Register.ELR_HYP), atCompare.before().bits(Register.R2));
            assertEquals(
                    entry.atVector().bits(Register.SPSR_HYP), atCompare.before().bits(Register.R3));
            checked++;
        }
        assertEquals(5, checked);
    }

    @Test
    void bareMetalLog_dataAbort_hasItsFaultRegistersLinkAndVectorBase() throws IOException {
        Event.ExceptionEntry abort = SampleLogs.read(SampleLogs.BARE_METAL_7).entries().stream()
                .filter(entry -> entry.kind() == ExceptionKind.DATA_ABORT)
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(Mode.ABT), abort.to());
        assertEquals(new Value.Known(0x8), abort.atVector().get(Register.DFSR));
        assertEquals(new Value.Known(0xfff0_0000L), abort.atVector().get(Register.DFAR));
        assertEquals(new Value.Known(0x4000009c), abort.atVector().get(Register.LR_ABT));
        assertEquals(
                new Value.Derived(0x400001a0, DerivationRule.VBAR_FROM_VECTOR),
                abort.atVector().get(Register.VBAR));
        assertEquals(
                new Value.Derived(0xd3, DerivationRule.SPSR_FROM_CPSR),
                abort.atVector().get(Register.SPSR_ABT));
        assertEquals(Value.UNKNOWN, abort.atVector().get(Register.HSR));
    }

    @Test
    void bareMetalLog_fiqMode_hasItsOwnRegisters() throws IOException {
        List<Event.Step> fiq = SampleLogs.read(SampleLogs.BARE_METAL_7).steps().stream()
                .filter(step -> step.before().mode().equals(Optional.of(Mode.FIQ)))
                .toList();
        Event.Step last = fiq.get(fiq.size() - 1); // cps #0x1f, after ldr sp and mov r8, #0x88
        assertEquals(new Value.Known(0x88), last.before().get(Register.R8_FIQ));
        assertEquals(new Value.Known(0x40085000), last.before().get(Register.SP_FIQ));
        assertEquals(Value.UNKNOWN, last.before().get(Register.R8));
        assertEquals(Value.UNKNOWN, last.before().get(Register.SP_USR));
    }

    @Test
    void kvmLog_filtered_isReadWithItsGaps() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.KVM);
        assertEquals(9306, log.steps().size());
        assertEquals(Map.of(Mode.HYP, 9080L, Mode.SVC, 226L), modes(log));
        // QEMU: 174 SVC, 46 HVC, 39 IRQ, 14 Data Abort, 5 Prefetch Abort, 8 Undefined (2 of them EC 3 to EL2), 6 SMC
        // (PSCI).
        assertEquals(
                Map.of(
                        ExceptionKind.SUPERVISOR_CALL, 174L,
                        ExceptionKind.HYPERVISOR_CALL, 46L,
                        ExceptionKind.IRQ, 39L,
                        ExceptionKind.DATA_ABORT, 14L,
                        ExceptionKind.PREFETCH_ABORT, 5L,
                        ExceptionKind.UNDEFINED_INSTRUCTION, 6L,
                        ExceptionKind.HYP_TRAP, 2L),
                log.report().exceptions());
        assertEquals(306, log.returns().size());
        assertEquals(5, log.report().count(Count.MODE_SWITCHES));
        assertEquals(6, log.report().count(Count.PSCI_CALLS));
        assertEquals(List.of(), log.report().problems());
        assertTrue(log.steps().stream().allMatch(step -> step.instruction().isPresent()));
        // By a script that reads the disassembly: 38 steps that the branch before cannot have reached, and 4 returns by
        // LDR PC
        // with other registers than before.
        assertEquals(
                42, log.gaps().stream().filter(gap -> gap.contains("follow")).count());
    }

    /** KVM's own trace of the same run has hsr 80000005 where QEMU's log has 82000005. */
    @Test
    void kvmLog_prefetchAbortToHyp_hasHsrWithoutIl() throws IOException {
        Event.ExceptionEntry abort = SampleLogs.read(SampleLogs.KVM).entries().stream()
                .filter(entry -> entry.kind() == ExceptionKind.PREFETCH_ABORT
                        && entry.to().equals(Optional.of(Mode.HYP)))
                .findFirst()
                .orElseThrow();
        assertEquals(
                new Value.Derived(0x8000_0005L, DerivationRule.HSR_FROM_LOGGED_SYNDROME),
                abort.atVector().get(Register.HSR));
        assertEquals(new Value.Known(0x8000_0000L), abort.atVector().get(Register.HIFAR));
    }

    @Test
    void debianLog_filtered_isReadWithItsGaps() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.DEBIAN);
        assertEquals(6401, log.steps().size());
        assertEquals(Map.of(Mode.HYP, 61L, Mode.SVC, 6340L), modes(log));
        assertEquals(
                Map.of(ExceptionKind.HYPERVISOR_CALL, 3L, ExceptionKind.IRQ, 6446L),
                log.report().exceptions());
        assertEquals(6450, log.returns().size());
        assertEquals(7, log.report().count(Count.PSCI_CALLS));
        assertEquals(13, log.gaps().size());
        assertEquals(List.of(), log.report().problems());
    }

    @Test
    void debianLog_interruptsOnly_isReadWithoutGap() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.DEBIAN_INT_ONLY);
        assertEquals(0, log.steps().size());
        assertEquals(
                Map.of(ExceptionKind.HYPERVISOR_CALL, 3L, ExceptionKind.IRQ, 512L),
                log.report().exceptions());
        assertEquals(516, log.returns().size());
        assertEquals(List.of(), log.gaps());
        Event.ExceptionEntry call = log.entries().get(0);
        assertEquals(Optional.of(Mode.SVC), call.from());
        assertEquals(Optional.of(Mode.HYP), call.to());
        assertEquals(List.of(Register.HSR), call.atVector().registers());
        Event.ExceptionReturn back = log.returns().get(1);
        assertEquals(new Value.Known(0x40014974), back.after().get(Register.PC));
    }

    @Test
    void kvmLog_interruptsOnly_isReadWithoutGap() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.KVM_INT_ONLY);
        // 301 are taken, 6 of them SMCs of PSCI.
        assertEquals(295, log.entries().size());
        assertEquals(2, log.report().exceptions(ExceptionKind.HYP_TRAP));
        assertEquals(42, log.report().exceptions(ExceptionKind.HYPERVISOR_CALL));
        assertEquals(320, log.returns().size());
        assertEquals(List.of(), log.gaps());
    }

    @Test
    void blocksLog_withFpuAndReset_hasDoublesSnapshotsAndInnerSteps() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.BLOCKS_FPU);
        // Blocks of 10, 7 and 2 instructions, each with 17 registers and 33 of floating point before the first.
        assertEquals(19, log.steps().size());
        assertEquals(16, log.report().count(Count.INNER_STEPS));
        List<Integer> recorded = log.steps().stream()
                .map(step -> step.before().size())
                .filter(size -> size > 0)
                .toList();
        assertEquals(List.of(50, 50, 50), recorded);
        assertTrue(log.steps().get(0).before().isKnown(Register.D31));
        assertTrue(log.steps().get(0).before().isKnown(Register.FPSCR));
        List<Event.Snapshot> resets = log.all(Event.Snapshot.class);
        assertEquals(2, resets.size());
        assertEquals("CPU reset", resets.get(0).reason());
        assertEquals(List.of(), log.gaps());
        assertEquals(List.of(), log.report().problems());
    }

    /** The same program three ways: blocks that a device access rewinds, and single-stepped. */
    @Test
    void blocksLog_withIcount_hasTheInstructionsOfTheSingleSteppedOne() throws IOException {
        LogText.Result blocks = SampleLogs.read(SampleLogs.BLOCKS_ICOUNT);
        LogText.Result steps = SampleLogs.read(SampleLogs.BLOCKS_ICOUNT_SINGLESTEP);
        // 23 Trace lines, of which 4 are taken back.
        assertEquals(19, steps.steps().size());
        assertEquals(4, steps.report().count(Count.CANCELLED));
        assertEquals(addresses(steps), addresses(blocks));
        assertEquals(instructions(steps), instructions(blocks));
        assertEquals(List.of(), blocks.gaps());
        assertEquals(List.of(), steps.gaps());
    }

    @Test
    void smpLog_ofMixedThreads_givesEveryProcessorItsRegisters() throws IOException {
        LogText.Result log = SampleLogs.read(SampleLogs.SMP);
        // 2934 Trace lines of CPU 0 and 3723 of CPU 1; 11 of them come between another's Trace line and its registers.
        assertEquals(2934, log.steps().stream().filter(step -> step.cpu() == 0).count());
        assertEquals(3723, log.steps().stream().filter(step -> step.cpu() == 1).count());
        assertEquals(0, log.report().count(Count.STEPS_WITHOUT_REGISTERS));
        assertEquals(List.of(), log.gaps());
        assertEquals(1, log.report().problems().size());
        assertTrue(log.report().problems().get(0).contains("several CPUs are mixed"));
    }

    private static Map<Mode, Long> modes(LogText.Result log) {
        Map<Mode, Long> modes = new EnumMap<>(Mode.class);
        log.steps().forEach(step -> modes.merge(step.before().mode().orElseThrow(), 1L, Long::sum));
        return modes;
    }

    private static List<Integer> addresses(LogText.Result log) {
        return log.steps().stream().map(Event.Step::address).toList();
    }

    private static List<String> instructions(LogText.Result log) {
        return log.steps().stream()
                .map(step -> step.instruction().orElseThrow().toString())
                .toList();
    }
}
