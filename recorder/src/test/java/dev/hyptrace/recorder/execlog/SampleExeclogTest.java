package dev.hyptrace.recorder.execlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples against the single-stepped log of the same program by the same QEMU. */
class SampleExeclogTest {
    /** 163 by {@code wc -l}. */
    @ParameterizedTest
    @ValueSource(strings = {LogLines.QEMU_7, LogLines.QEMU_10})
    void sample_isReadWhole(String name) throws IOException {
        LogLines.Result read = LogLines.read(LogLines.sample(name));
        assertEquals(163, read.report().lines());
        assertEquals(163, read.report().count(Execlog.STEPS));
        assertEquals(List.of(), read.report().problems());
        assertEquals(accesses(name), read.report().count(Execlog.ACCESSES));
        assertTrue(Execlog.looksLike(Arrays.copyOf(LogLines.sample(name), 1000)));
        assertFalse(QemuLog.looksLike(LogLines.text(name)));
    }

    private static long accesses(String name) throws IOException {
        String text = new String(LogLines.text(name), StandardCharsets.US_ASCII);
        return Arrays.stream(text.split("\\W+"))
                .filter(word -> word.equals("load") || word.equals("store"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2", "10.0.2"})
    void steps_areThoseOfTheSingleSteppedLog(String version) throws IOException {
        String name = version.equals("7.2") ? LogLines.QEMU_7 : LogLines.QEMU_10;
        List<Event.Step> steps = LogLines.read(LogLines.sample(name)).steps();
        List<Event.Step> single = singleSteps(version);
        // The single-stepped log has no step for the SMC that PSCI handles by ending QEMU after it, or it does: both
        // end there.
        List<Integer> withoutEncoding = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            assertEquals(single.get(i).address(), steps.get(i).address(), "step " + i);
            if (steps.get(i).instruction().isPresent()) {
                assertEquals(single.get(i).instruction(), steps.get(i).instruction(), "step " + i);
            } else {
                withoutEncoding.add(i);
            }
        }
        assertEquals(single.size(), steps.size());
        // The WFI that is trapped, between an exception return and an exception, in the log without registers.
        assertEquals(version.equals("7.2") ? List.of(100) : List.of(), withoutEncoding);
    }

    @Test
    void registers_areThoseOfTheSingleSteppedLogWhereverBothKnowThem() throws IOException {
        List<Event.Step> steps =
                LogLines.read(LogLines.sample(LogLines.QEMU_10)).steps();
        List<Event.Step> single = singleSteps("10.0.2");
        Map<String, Integer> compared = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            State mine = steps.get(i).before();
            State theirs = single.get(i).before();
            for (Register register : mine.registers()) {
                if (theirs.has(register)) {
                    assertEquals(
                            register.format(theirs.require(register)),
                            register.format(mine.require(register)),
                            "step " + i + " " + register);
                    compared.merge(theirs.isKnown(register) ? "known" : "derived", 1, Integer::sum);
                }
            }
        }
        assertEquals(Map.of("known", 1794), compared);
    }

    private static List<Event.Step> singleSteps(String version) throws IOException {
        String name = "baremetal_allhypentries_qemu" + version + ".log.gz";
        List<Event> events = new ArrayList<>();
        try (InputStream in = QemuLog.class.getResourceAsStream(name)) {
            QemuLog.read(name, in, events::add);
        }
        return events.stream()
                .filter(Event.Step.class::isInstance)
                .map(Event.Step.class::cast)
                .toList();
    }

    @Test
    void exceptions_withRegisters_areThoseOfTheSingleSteppedLog() throws IOException {
        LogLines.Result read = LogLines.read(LogLines.sample(LogLines.QEMU_10));
        assertEquals(0, read.report().count(Execlog.GAPS));
        Map<ExceptionKind, Long> kinds = read.all(Event.ExceptionEntry.class).stream()
                .collect(Collectors.groupingBy(Event.ExceptionEntry::kind, TreeMap::new, Collectors.counting()));
        assertEquals(
                Map.of(
                        ExceptionKind.HYPERVISOR_CALL, 4L,
                        ExceptionKind.HYP_TRAP, 2L,
                        ExceptionKind.SUPERVISOR_CALL, 3L,
                        ExceptionKind.UNDEFINED_INSTRUCTION, 1L,
                        ExceptionKind.DATA_ABORT, 1L),
                kinds);
    }

    @Test
    void hypercalls_withRegisters_areWhole() throws IOException {
        List<Hypercall> calls = hypercalls(LogLines.QEMU_10);
        assertEquals(
                List.of(0x1234, 0x56, 3, 0xf),
                calls.stream().map(call -> call.immediate().orElseThrow()).toList());
        Hypercall first = calls.get(0);
        assertEquals(Hypercall.Outcome.RETURNED, first.outcome());
        assertEquals(0x11, first.call().require(Register.R0));
        assertEquals(0x400000d3L, first.call().require(Register.CPSR));
        assertEquals(0x40000100L, first.vector().require(Register.HVBAR));
        assertTrue(first.vector().isKnown(Register.HVBAR));
        assertEquals(0x4a001234L, first.vector().require(Register.HSR));
        assertTrue(first.vector().isKnown(Register.HSR));
        assertEquals(0x4000007cL, first.vector().require(Register.ELR_HYP));
        assertEquals(
                DerivationRule.ELR_FROM_HVC_ADDRESS,
                first.vector().rule(Register.ELR_HYP).orElseThrow());
        assertEquals(0x40080000L, first.vector().require(Register.SP_HYP));
        assertEquals(0x40086000L, first.vector().require(Register.SP_USR));
        assertEquals(0x40081000L, first.vector().require(Register.SP_SVC));
        assertEquals(0x88, first.vector().require(Register.R8_FIQ));
        assertEquals(0x84000008L, calls.get(2).call().require(Register.R12));
        assertEquals(3, calls.get(2).immediate().orElseThrow());
        assertTrue(calls.get(3).fromHyp());
    }

    @Test
    void hypercalls_withoutRegisters_haveOnlyWhatFollowsFromTheCall() throws IOException {
        LogLines.Result read = LogLines.read(LogLines.sample(LogLines.QEMU_7));
        List<Hypercall> calls = hypercalls(LogLines.QEMU_7);
        assertEquals(
                List.of(0x1234, 0x56, 3, 0xf),
                calls.stream().map(call -> call.immediate().orElseThrow()).toList());
        State vector = calls.get(0).vector();
        assertEquals(List.of(Register.PC, Register.ELR_HYP, Register.HVBAR, Register.HSR), vector.registers());
        assertFalse(vector.isKnown(Register.HSR));
        // The data abort and the trapped MRC; UDF, and WFI of which the set is not known, may be followed by anything.
        assertEquals(2, read.report().count(Execlog.GAPS));
        assertEquals(Mode.HYP, read.all(Event.ExceptionEntry.class).get(0).to().orElseThrow());
    }

    private static List<Hypercall> hypercalls(String name) throws IOException {
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        LogLines.read(LogLines.sample(name)).events().forEach(assembler::accept);
        assembler.finish();
        calls.sort(Comparator.comparing(call -> call.callStep().orElseThrow()));
        return calls;
    }
}
