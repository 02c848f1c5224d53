package dev.hyptrace.recorder.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.live.Assembler;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.FollowSummary.End;
import dev.hyptrace.recorder.live.StepWindow;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of small guests in the QEMU that is installed. */
@Timeout(120)
class QemuRecordingTest {
    private static final int CALL = Guest.SVC + 0x40;
    private static final int LAST = Guest.SVC + 0x80;
    private static final int HYP = 0x1da;

    @TempDir
    private Path folder;

    @BeforeEach
    void needTools() {
        assumeTrue(
                Assembler.isInstalled(QemuOptions.DEFAULT_PROGRAM),
                "needs qemu-system-arm: apt-get install qemu-system-arm");
        Assembler.assumeInstalled();
    }

    private QemuOptions options(Guest guest) throws IOException {
        List<String> arguments = List.of(
                "-M",
                "virt,virtualization=on",
                "-cpu",
                "cortex-a15",
                "-m",
                "64",
                "-kernel",
                guest.build(folder).toString());
        return QemuOptions.of(arguments).withTimeLimit(Duration.ofSeconds(60));
    }

    private Recorded record(Guest guest, FollowOptions follow) throws IOException {
        return Recorded.of(options(guest).withFollow(follow));
    }

    private static FollowOptions follow() {
        return FollowOptions.defaults();
    }

    private static long known(State state, Register register) {
        assertTrue(state.isKnown(register), register + " in " + state);
        return state.require(register);
    }

    // The three points of a hypercall.

    @ParameterizedTest
    @ValueSource(strings = {".arm", ".thumb"})
    void hypercalls_areRecordedAtAllThreePoints(String set) throws IOException {
        Recorded recorded = record(Guest.threeCalls(set), follow());
        assertEquals(End.EXITED, recorded.summary().end());
        List<Hypercall> calls = recorded.hypercalls();
        assertEquals(3, calls.size());
        int t = set.equals(".thumb") ? 0x20 : 0;
        checkCall(calls.get(0), CALL, 0x1234, 2, 3, Guest.VECTORS, Guest.OTHER_VECTORS, t);
        checkCall(calls.get(1), CALL, 0x1234, 1, 0x55, Guest.OTHER_VECTORS, Guest.OTHER_VECTORS, t);
        checkCall(calls.get(2), LAST, 7, 0x55, 0x55, Guest.OTHER_VECTORS, Guest.OTHER_VECTORS, t);
    }

    private static void checkCall(
            Hypercall call, int site, int immediate, int before, int after, int vectors, int vectorsAfter, int t) {
        assertEquals(OptionalInt.of(site), call.site());
        assertEquals(OptionalInt.of(immediate), call.immediate());
        assertEquals(Outcome.RETURNED, call.outcome());
        checkCaller(call.call(), site, before, vectors, t);
        checkVector(call.vector(), site, immediate, before, vectors, t);
        assertEquals(known(call.call(), Register.CPSR), known(call.vector(), Register.SPSR_HYP));
        checkCaller(call.after(), site + 4, after, vectorsAfter, t);
        assertEquals(known(call.call(), Register.CPSR), known(call.after(), Register.CPSR));
        assertEquals(0x4a00_0000 | immediate, (int) known(call.after(), Register.HSR));
    }

    private static void checkCaller(State state, int pc, int r0, int vectors, int t) {
        assertEquals(pc, (int) known(state, Register.PC));
        assertEquals(0x1d3 - 0x100 + t, known(state, Register.CPSR) & 0x1ff);
        assertEquals(r0, known(state, Register.R0));
        assertEquals(Guest.SP_SVC, (int) known(state, Register.SP_SVC));
        assertEquals(Guest.LR_SVC, (int) known(state, Register.LR_SVC));
        assertEquals(Guest.LR_USR, (int) known(state, Register.LR_USR));
        assertEquals(vectors, (int) known(state, Register.HVBAR));
        assertEquals(0, known(state, Register.D31));
        assertTrue(state.isKnown(Register.SPSR_SVC) && state.isKnown(Register.TTBR0) && state.isKnown(Register.HCR));
    }

    private static void checkVector(State state, int site, int immediate, int r0, int vectors, int t) {
        assertEquals(vectors + 0x14, (int) known(state, Register.PC));
        assertEquals(HYP + t, known(state, Register.CPSR) & 0x1ff);
        assertEquals(r0, known(state, Register.R0));
        assertEquals(site + 4, (int) known(state, Register.ELR_HYP));
        assertEquals(0x4a00_0000 | immediate, (int) known(state, Register.HSR));
        assertEquals(vectors, (int) known(state, Register.HVBAR));
        assertEquals(Guest.SP_HYP, (int) known(state, Register.SP_HYP));
        assertEquals(Guest.LR_USR, (int) known(state, Register.LR_USR));
        assertEquals(Guest.SP_SVC, (int) known(state, Register.SP_SVC));
        assertEquals(Guest.LR_SVC, (int) known(state, Register.LR_SVC));
    }

    @Test
    void syndromeBeforeTheHvc_isUnknownOnlyAtTheFirstCallOfAPlace() throws IOException {
        List<Hypercall> calls = record(Guest.threeCalls(".arm"), follow()).hypercalls();
        assertFalse(calls.get(0).call().has(Register.HSR));
        assertEquals(0x4a00_1234, (int) known(calls.get(1).call(), Register.HSR));
        assertFalse(calls.get(2).call().has(Register.HSR));
    }

    @Test
    void stackPointerOfHypMode_isDerivedAtTheHvc() throws IOException {
        State call =
                record(Guest.threeCalls(".arm"), follow()).hypercalls().get(0).call();
        assertEquals(Guest.SP_HYP, (int) call.require(Register.SP_HYP));
        assertEquals(Optional.of(DerivationRule.BANKED_FROM_NEXT_ENTRY), call.rule(Register.SP_HYP));
        assertFalse(call.has(Register.ELR_HYP));
    }

    @Test
    void rewoundRecording_equalsTheScoutedOneButForTheSyndrome() throws IOException {
        QemuOptions options = options(Guest.threeCalls(".thumb"));
        List<Event> rewound = Recorded.of(options).events();
        List<Event> scouted = Recorded.of(options.withScouting(true)).events();
        assertEquals(withoutSyndromeAtHvc(scouted), withoutSyndromeAtHvc(rewound));
        List<Hypercall> calls = Recorded.hypercalls(scouted);
        assertEquals(0, known(calls.get(0).call(), Register.HSR));
        assertEquals(0x4a00_1234, (int) known(calls.get(2).call(), Register.HSR));
    }

    private static List<Event> withoutSyndromeAtHvc(List<Event> events) {
        List<Event> result = new ArrayList<>();
        for (Event event : events) {
            boolean hvc = event instanceof Event.Step step
                    && step.instruction().filter(Instruction::isHvc).isPresent();
            result.add(hvc ? withoutSyndrome((Event.Step) event) : event);
        }
        return result;
    }

    private static Event withoutSyndrome(Event.Step step) {
        State state = step.before().toBuilder().remove(Register.HSR).build();
        return new Event.Step(step.cpu(), step.address(), step.instruction(), state, step.accesses());
    }

    @Test
    void recordingTwice_givesTheSameEventsAndHeader() throws IOException {
        QemuOptions options = options(Guest.threeCalls(".arm"));
        Recorded first = Recorded.of(options);
        Recorded second = Recorded.of(options);
        assertEquals(first.events(), second.events());
        assertEquals(first.header(), second.header());
    }

    @ParameterizedTest
    @ValueSource(strings = {".arm", ".thumb"})
    void withoutRewinding_theFirstCallOfAPlaceIsDerivedAndTheNextRecorded(String set) throws IOException {
        Guest guest = Guest.threeCalls(set);
        List<Hypercall> derived = record(guest, follow().withRewind(false)).hypercalls();
        List<Hypercall> rewound = record(guest, follow()).hypercalls();
        State call = derived.get(0).call();
        assertEquals(OptionalInt.of(CALL), derived.get(0).site());
        assertEquals(OptionalInt.of(0x1234), derived.get(0).immediate());
        for (Register register : rewound.get(0).call().registers()) {
            assertEquals(rewound.get(0).call().bits(register), call.bits(register), register.toString());
            assertEquals(Optional.of(DerivationRule.CALL_FROM_VECTOR), call.rule(register), register.toString());
        }
        assertEquals(rewound.get(1), derived.get(1));
        assertEquals(rewound.get(0).vector(), derived.get(0).vector());
    }

    @Test
    void withoutInjection_whatTheStubHidesIsUnknownOrDerived() throws IOException {
        List<Hypercall> calls =
                record(Guest.threeCalls(".arm"), follow().withInjection(false)).hypercalls();
        assertEquals(3, calls.size());
        State vector = calls.get(0).vector();
        assertFalse(vector.has(Register.ELR_HYP) || vector.has(Register.SP_SVC) || vector.has(Register.SPSR_SVC));
        assertEquals(0x4a00_1234, (int) known(vector, Register.HSR));
        assertEquals(Guest.SP_HYP, (int) known(vector, Register.SP_HYP));
    }

    // The way through Hyp mode.

    @ParameterizedTest
    @ValueSource(strings = {".arm", ".thumb"})
    void handler_isRecordedInstructionByInstruction(String set) throws IOException {
        Recorded recorded = record(Guest.oneCall(set, "adds r0, r0, #5\nnop\neret"), follow());
        int size = set.equals(".arm") ? 4 : 2;
        List<Integer> path = recorded.path();
        int call = path.indexOf(CALL);
        List<Integer> expected =
                List.of(CALL, Guest.VECTORS + 0x14, Guest.HANDLER, Guest.HANDLER + size, Guest.HANDLER + 2 * size);
        assertEquals(expected, path.subList(call, call + 5));
        assertEquals(call + 5, path.size());
        Event.Step second = recorded.all(Event.Step.class).get(call + 3);
        assertEquals(6, known(second.before(), Register.R0));
        assertEquals(Guest.VECTORS, (int) known(second.before(), Register.HVBAR));
        assertEquals(Optional.of(Mode.HYP), second.before().mode());
    }

    @Test
    void systemRegisterWritten_isSeenAtTheNextStep() throws IOException {
        String handler = "ldr r2, =0x12345678\nmcr p15, 4, r2, c13, c0, 2\nmov r3, #1\neret";
        Recorded recorded = record(Guest.oneCall(".arm", handler), follow());
        List<Event.Step> steps = recorded.all(Event.Step.class);
        int write = recorded.path().indexOf(Guest.HANDLER + 4);
        assertFalse(steps.get(write).before().has(Register.HTPIDR));
        assertEquals(0x1234_5678, known(steps.get(write + 1).before(), Register.HTPIDR));
        assertEquals(0x1234_5678, known(recorded.hypercalls().get(0).after(), Register.HTPIDR));
    }

    @Test
    void freeRunning_isAGap() throws IOException {
        Recorded recorded = record(Guest.oneCall(".arm", "eret"), follow());
        List<String> reasons =
                recorded.all(Event.Gap.class).stream().map(Event.Gap::reason).toList();
        assertEquals(
                List.of("the processor ran freely from 0x40010100", "the processor ran freely from 0x40010144"),
                reasons);
    }

    @Test
    void payloadEnteredInHyp_isRecordedWithEveryRegister() throws IOException {
        String handler = """
                ldr r4, =payload
                bx r4
                .ltorg
                .org 0x2a0
                payload: mov r0, #9
                mov r1, #0xd3
                msr spsr_cxsf, r1
                adr r2, end
                msr elr_hyp, r2
                eret
                end: ldr r0, =0x84000008
                smc #0
                """;
        Guest guest = new Guest(".arm", "mov r7, #3\nhvc #0", handler);
        Recorded recorded = record(guest, follow().withLimit(1));
        Hypercall call = recorded.hypercalls().get(0);
        assertEquals(End.LIMIT, recorded.summary().end());
        Event.Step entry = recorded.all(Event.Step.class).stream()
                .filter(step -> step.address() == Assembler.BASE + 0x2a0)
                .findFirst()
                .orElseThrow();
        assertEquals(3, known(entry.before(), Register.R7));
        assertTrue(entry.before().isKnown(Register.HCR) && entry.before().isKnown(Register.SPSR_HYP));
        List<Event.ExceptionReturn> returns = recorded.all(Event.ExceptionReturn.class);
        assertEquals(9, known(returns.get(returns.size() - 1).after(), Register.R0));
        assertFalse(call.outcome() == Outcome.RETURNED);
    }

    @Test
    void hvcMadeInHyp_arrivesAtItsOwnSlot() throws IOException {
        Guest guest = Guest.oneCall(".arm", """
                mrs r3, spsr
                and r3, r3, #0x1f
                cmp r3, #0x1a
                beq nested
                mrs r8, spsr
                mrs r9, elr_hyp
                hvc #0x42
                msr elr_hyp, r9
                msr spsr_cxsf, r8
                eret
                nested: mov r0, #0x77
                eret
                """);
        List<Hypercall> calls = record(guest, follow()).hypercalls();
        assertEquals(2, calls.size());
        Hypercall nested = calls.get(1);
        assertTrue(nested.fromHyp());
        assertEquals(OptionalInt.of(0x42), nested.immediate());
        assertEquals(Guest.VECTORS + 8, (int) known(nested.vector(), Register.PC));
        assertEquals(0x4a00_0042, (int) known(nested.vector(), Register.HSR));
        assertEquals(Outcome.RETURNED, nested.outcome());
        assertEquals(0x77, known(nested.after(), Register.R0));
        assertEquals(Outcome.RETURNED, calls.get(0).outcome());
        assertEquals(0x77, known(calls.get(0).after(), Register.R0));
    }

    @Test
    void trapThatIsNoHypercall_isAnEntryOfItsOwnKind() throws IOException {
        Guest guest = new Guest(".arm", "hvc #0\nmrc p15, 0, r0, c1, c0, 1\nmov r1, #1", """
                mrs r3, spsr
                mrc p15, 4, r2, c5, c2, 0
                lsr r2, r2, #26
                cmp r2, #0x12
                movweq r2, #0
                movteq r2, #0x20
                mcreq p15, 4, r2, c1, c1, 0
                mrsne r2, elr_hyp
                addne r2, r2, #4
                msrne elr_hyp, r2
                eret
                """);
        Recorded recorded = record(guest, follow());
        assertEquals(1, recorded.summary().hypercalls());
        List<Event.ExceptionEntry> entries = recorded.all(Event.ExceptionEntry.class);
        assertEquals(
                List.of(ExceptionKind.HYPERVISOR_CALL, ExceptionKind.HYP_TRAP),
                entries.stream().map(Event.ExceptionEntry::kind).toList());
        assertEquals(0x03, known(entries.get(1).atVector(), Register.HSR) >>> 26);
        assertEquals(Guest.SVC + 4, (int) known(entries.get(1).atVector(), Register.ELR_HYP));
        assertEquals(Optional.of(Mode.SVC), entries.get(1).from());
    }

    @Test
    void longStayInHyp_isLeftAloneAndItsReturnIsStillRecorded() throws IOException {
        String handler = "ldr r2, =300000\nloop: subs r2, r2, #1\nbne loop\nmov r0, #0x66\neret";
        Recorded recorded = record(Guest.oneCall(".arm", handler), follow().withHypSteps(40));
        Hypercall call = recorded.hypercalls().get(0);
        assertEquals(Outcome.RETURNED, call.outcome());
        assertEquals(0x66, known(call.after(), Register.R0));
        assertEquals(CALL + 4, (int) known(call.after(), Register.PC));
        long inHandler =
                recorded.path().stream().filter(pc -> pc >= Guest.HANDLER).count();
        assertTrue(inHandler > 30 && inHandler <= 40, inHandler + " steps");
    }

    @Test
    void handlerThatSpins_neverReturnsAndTheTimeLimitEndsIt() throws IOException {
        QemuOptions options = options(Guest.oneCall(".arm", "mov r0, #3\nb .")).withTimeLimit(Duration.ofSeconds(2));
        Recorded recorded = Recorded.of(options);
        assertEquals(End.TIME, recorded.summary().end());
        assertTrue(recorded.summary().elapsed().toMillis() < 20_000);
        assertEquals(Outcome.NEVER_RETURNED, recorded.hypercalls().get(0).outcome());
        Event last = recorded.events().get(recorded.events().size() - 1);
        assertEquals(Guest.HANDLER + 4, (int) known(((Event.Snapshot) last).state(), Register.PC));
        long steps =
                recorded.path().stream().filter(pc -> pc == Guest.HANDLER + 4).count();
        assertTrue(steps <= 2, steps + " steps of one branch to itself");
    }

    @Test
    void handlerThatWaitsForAnInterrupt_isLeftAlone() throws IOException {
        QemuOptions options =
                options(Guest.oneCall(".arm", "mov r0, #3\nwfi\neret")).withTimeLimit(Duration.ofSeconds(2));
        Recorded recorded = Recorded.of(options);
        assertEquals(End.TIME, recorded.summary().end());
        assertTrue(
                recorded.summary().elapsed().toMillis() < 15_000,
                recorded.summary().toString());
        assertEquals(1, recorded.hypercalls().size());
    }

    @Test
    void waitingInAWindow_isGivenUpAndTheWindowGoesOn() throws IOException {
        Guest guest = new Guest(".arm", "wfi\nmov r0, #1\nmov r0, #2\nhvc #0", "eret");
        FollowOptions follow = follow().withWindows(List.of(StepWindow.of(Guest.SVC, 1)));
        QemuOptions options = options(guest).withFollow(follow).withTimeLimit(Duration.ofSeconds(3));
        Recorded recorded = Recorded.of(options);
        assertTrue(recorded.path().contains(Guest.SVC), recorded.path().toString());
        assertTrue(
                recorded.summary().elapsed().toMillis() < 15_000,
                recorded.summary().toString());
    }

    @Test
    void nestedHypercall_doesNotEndTheLimitsCall() throws IOException {
        String handler = "mrs r3, spsr\nand r3, r3, #0x1f\ncmp r3, #0x1a\nbeq 1f\nmrs r8, spsr\nmrs r9, elr_hyp\n"
                + "hvc #0x42\nmsr elr_hyp, r9\nmsr spsr_cxsf, r8\n1: eret";
        Recorded recorded = record(Guest.oneCall(".arm", handler), follow().withLimit(2));
        assertEquals(End.LIMIT, recorded.summary().end());
        assertEquals(
                List.of(Outcome.RETURNED, Outcome.RETURNED),
                recorded.hypercalls().stream().map(Hypercall::outcome).toList());
    }

    // How much is recorded.

    @Test
    void limit_endsAfterTheReturnOfThatCall() throws IOException {
        Recorded recorded = record(Guest.threeCalls(".arm"), follow().withLimit(2));
        assertEquals(End.LIMIT, recorded.summary().end());
        assertEquals(2, recorded.summary().hypercalls());
        Event last = recorded.events().get(recorded.events().size() - 1);
        assertEquals(CALL + 4, (int) known(((Event.ExceptionReturn) last).after(), Register.PC));
    }

    @Test
    void window_isRecordedFromItsFirstAddressToItsLast() throws IOException {
        StepWindow window = new StepWindow(Guest.SVC, OptionalInt.of(Guest.SVC + 12), 100, 1);
        Recorded recorded = record(Guest.oneCall(".arm", "eret"), follow().withWindows(List.of(window)));
        List<Integer> path = recorded.path();
        int first = path.indexOf(Guest.SVC);
        assertEquals(List.of(Guest.SVC, Guest.SVC + 4, Guest.SVC + 8, CALL), path.subList(first, first + 4));
    }

    @Test
    void stepsAfterAReturn_areRecorded() throws IOException {
        Recorded recorded = record(Guest.oneCall(".arm", "eret"), follow().withStepsAfterReturn(2));
        List<Integer> path = recorded.path();
        assertEquals(List.of(CALL + 4, CALL + 8), path.subList(path.size() - 2, path.size()));
    }

    @Test
    void exceptionInAWindow_isRecordedWithItsReturn() throws IOException {
        String svc = "ldr r0, =other_vectors\nmcr p15, 0, r0, c12, c0, 0\nsvc #5\nmov r6, #1\nhvc #0";
        StepWindow window = StepWindow.of(Guest.SVC, 7);
        Recorded recorded = record(
                new Guest(".arm", svc, "eret"),
                follow().withWindows(List.of(window)).withLimit(1));
        Event.ExceptionEntry entry = recorded.all(Event.ExceptionEntry.class).get(0);
        assertEquals(ExceptionKind.SUPERVISOR_CALL, entry.kind());
        assertEquals(Guest.OTHER_VECTORS + 8, (int) known(entry.atVector(), Register.PC));
        assertEquals(Guest.SVC + 12, (int) known(entry.atVector(), Register.LR_SVC));
        Event.ExceptionReturn back = recorded.all(Event.ExceptionReturn.class).get(1);
        assertEquals(Optional.of(Mode.SVC), back.to());
        assertEquals(Guest.SVC + 12, (int) known(back.after(), Register.PC));
        assertEquals(0x55, known(back.after(), Register.R0));
    }

    @Test
    void vectorsMovedWhileHypModeRunsFreely_areFollowedWithinThePollingTime() throws IOException {
        String handler = """
                movw r2, #0
                movt r2, #0x30
                1: subs r2, r2, #1
                bne 1b
                ldr r3, =other_vectors
                mcr p15, 4, r3, c12, c0, 0
                movt r2, #0x30
                2: subs r2, r2, #1
                bne 2b
                eret
                """;
        Guest guest = new Guest(".arm", "hvc #1\nhvc #2\nmov r0, #1", handler);
        List<Hypercall> calls = record(guest, follow().withHypSteps(40)).hypercalls();
        assertEquals(2, calls.size());
        assertEquals(Outcome.RETURNED, calls.get(0).outcome());
        assertEquals(Guest.OTHER_VECTORS, (int) known(calls.get(0).after(), Register.HVBAR));
        assertEquals(Guest.OTHER_VECTORS + 0x14, (int) known(calls.get(1).vector(), Register.PC));
        assertEquals(0x55, known(calls.get(1).after(), Register.R0));
    }

    /** As Xen does, which has vectors of its own for as long as it runs and gives others to its guest. */
    @Test
    void vectorsThatComeBackWhileHypModeRunsFreely_areFollowedAtOnce() throws IOException {
        String handler = """
                mrc p15, 4, r3, c5, c2, 0
                lsr r3, r3, #26
                cmp r3, #0x12
                mov r3, #1 << 13
                mcreq p15, 4, r3, c1, c1, 0
                ereteq
                ldr r3, =other_vectors
                mcr p15, 4, r3, c12, c0, 0
                movw r2, #0
                movt r2, #0x180
                1: subs r2, r2, #1
                bne 1b
                mrs r3, elr_hyp
                add r3, r3, #4
                msr elr_hyp, r3
                ldr r3, =vectors
                mcr p15, 4, r3, c12, c0, 0
                eret
                """;
        Guest guest = new Guest(".arm", "hvc #1\nwfi\nmov r0, #1\nmov r0, #2\nhvc #2\nmov r0, #1", handler);
        List<Hypercall> calls = record(guest, follow().withHypSteps(40)).hypercalls();
        assertEquals(
                List.of(1, 2),
                calls.stream().map(call -> call.immediate().orElseThrow()).toList());
        for (Hypercall call : calls) {
            assertEquals(Outcome.RETURNED, call.outcome());
            assertEquals(Guest.VECTORS, (int) known(call.call(), Register.HVBAR));
            assertEquals(Guest.VECTORS + 0x14, (int) known(call.vector(), Register.PC));
        }
    }

    /** As Xen does when it is interrupted within a long hypercall. */
    @Test
    void callThatAHandlerHasMadeAgain_returnsToItsHvc() throws IOException {
        String handler = """
                movw r2, #0
                movt r2, #0x30
                1: subs r2, r2, #1
                bne 1b
                subs r0, r0, #1
                mrs r3, elr_hyp
                subpl r3, r3, #4
                msr elr_hyp, r3
                eret
                """;
        List<Hypercall> calls = record(Guest.oneCall(".arm", handler), follow().withHypSteps(40))
                .hypercalls();
        assertEquals(2, calls.size());
        Hypercall first = calls.get(0);
        assertEquals(Outcome.RETURNED_ELSEWHERE, first.outcome());
        assertEquals(CALL, (int) known(first.after(), Register.PC));
        assertEquals(0, known(first.after(), Register.R0));
        assertEquals(CALL, calls.get(1).site().orElseThrow());
        assertEquals(0, known(calls.get(1).call(), Register.R0));
        assertEquals(Outcome.RETURNED, calls.get(1).outcome());
        assertEquals(CALL + 4, (int) known(calls.get(1).after(), Register.PC));
    }

    // Other machines.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "virt,virtualization=on | cortex-a7",
                "virt,virtualization=on,secure=on | cortex-a15",
                "vexpress-a15,virtualization=on | cortex-a15",
            })
    void registersOfOtherMachines_areAllKnownByName(String machine, String processor) throws IOException {
        QemuOptions options = QemuOptions.of(List.of("-M", machine, "-cpu", processor));
        try (QemuRecording recording = QemuRecording.start(options, QemuListener.NONE)) {
            assertEquals(
                    List.of("hidden-registers", "hyp-steps", "state-at-hvc"),
                    List.copyOf(recording.header().attributes().keySet()));
        }
    }

    @Test
    void firmwareThatEntersHypFromMonitorMode_isFollowed() throws IOException {
        String source = """
                .global _start
                _start:
                    ldr r0, =monitor
                    mcr p15, 0, r0, c12, c0, 1
                    smc #0
                    .align 5
                monitor:
                    b .
                    b .
                    b enter_hyp
                enter_hyp:
                    movw r0, #0x101
                    mcr p15, 0, r0, c1, c1, 0
                    mov r1, #0x1da
                    msr spsr_cxsf, r1
                    ldr lr, =hyp
                    movs pc, lr
                hyp:
                    ldr r0, =vectors
                    mcr p15, 4, r0, c12, c0, 0
                    mov r1, #0xd3
                    msr spsr_cxsf, r1
                    ldr r0, =svc
                    msr elr_hyp, r0
                    eret
                svc:
                    hvc #0x99
                    b .
                    .align 5
                vectors:
                    .rept 5
                    b .
                    .endr
                    mov r7, #0x31
                    eret
                """;
        Path image = Assembler.guest(folder, source);
        QemuOptions options = QemuOptions.of(List.of(
                        "-M", "virt,virtualization=on,secure=on", "-cpu", "cortex-a15", "-kernel", image.toString()))
                .withFollow(follow().withLimit(1))
                .withTimeLimit(Duration.ofSeconds(60));
        Recorded recorded = Recorded.of(options);
        assertEquals(End.LIMIT, recorded.summary().end());
        Hypercall call = recorded.hypercalls().get(0);
        assertEquals(OptionalInt.of(0x99), call.immediate());
        assertEquals(0x31, known(call.after(), Register.R7));
        Event.ExceptionEntry first = recorded.all(Event.ExceptionEntry.class).get(0);
        assertEquals(ExceptionKind.SECURE_MONITOR_CALL, first.kind());
        assertEquals(Optional.of(Mode.MON), first.to());
        Event.ExceptionReturn toHyp = recorded.all(Event.ExceptionReturn.class).get(0);
        assertEquals(Optional.of(Mode.MON), toHyp.from());
        assertEquals(Optional.of(Mode.HYP), toHyp.to());
    }

    @Test
    void hypercallOfASecondProcessor_isRecordedAsItsOwn() throws IOException {
        String svc = """
                hvc #1
                ldr r0, =0x84000003
                mov r1, #1
                ldr r2, =second
                mov r3, #0
                smc #0
                b .
                .ltorg
                second:
                ldr r0, =vectors
                mcr p15, 4, r0, c12, c0, 0
                mov r1, #0xd3
                msr spsr_cxsf, r1
                adr r0, down
                msr elr_hyp, r0
                mov r6, #0x61
                eret
                down: hvc #2
                """;
        List<String> arguments = new ArrayList<>(
                options(new Guest(".arm", svc, "mov r7, #0x71\neret")).arguments());
        arguments.addAll(List.of("-smp", "2"));
        Recorded recorded = Recorded.of(QemuOptions.of(arguments).withTimeLimit(Duration.ofSeconds(60)));
        assertEquals(End.EXITED, recorded.summary().end());
        List<Hypercall> calls = recorded.hypercalls();
        assertEquals(List.of(0, 1), calls.stream().map(Hypercall::cpu).toList());
        assertEquals(OptionalInt.of(2), calls.get(1).immediate());
        assertEquals(0x61, known(calls.get(1).call(), Register.R6));
        assertEquals(0x71, known(calls.get(1).after(), Register.R7));
        assertEquals(Outcome.RETURNED, calls.get(1).outcome());
    }
}
