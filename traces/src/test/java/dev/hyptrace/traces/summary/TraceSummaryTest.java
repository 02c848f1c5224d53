package dev.hyptrace.traces.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.SampleTrace;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TraceSummaryTest {
    @Test
    void sample_isCounted() throws IOException {
        TraceSummary summary = TraceSummary.of(SampleTrace.everyOutcome());
        assertEquals(TraceHeader.of("sample"), summary.header());
        assertEquals(
                Map.of(
                        EventType.STEP, 9L,
                        EventType.EXCEPTION_ENTRY, 5L,
                        EventType.EXCEPTION_RETURN, 4L,
                        EventType.SNAPSHOT, 0L,
                        EventType.GAP, 0L,
                        EventType.NOTE, 0L),
                summary.events());
        assertEquals(18, summary.eventCount());
        assertEquals(9, summary.steps());
        assertEquals(Map.of(ExceptionKind.HYPERVISOR_CALL, 5L), summary.exceptions());
        assertEquals(
                Map.of(
                        Outcome.RETURNED, 1L,
                        Outcome.RETURNED_ELSEWHERE, 1L,
                        Outcome.LEFT_HYP, 1L,
                        Outcome.ENTERED_PAYLOAD, 1L,
                        Outcome.NEVER_RETURNED, 1L),
                summary.hypercalls());
        assertEquals(5, summary.hypercallCount());
        assertEquals(
                Map.of(
                        EventType.STEP,
                        Map.of(
                                Register.R0, new Recorded(9, 0),
                                Register.PC, new Recorded(9, 0),
                                Register.CPSR, new Recorded(9, 0),
                                Register.TTBR0, new Recorded(1, 0)),
                        EventType.EXCEPTION_ENTRY,
                        Map.of(Register.HSR, new Recorded(5, 0)),
                        EventType.EXCEPTION_RETURN,
                        Map.of(Register.PC, new Recorded(4, 0))),
                summary.registers());
        assertEquals(new TreeSet<>(List.of(0, 1, 2)), summary.processors());
        assertEquals(List.of(), summary.damage());
    }

    @Test
    void derivedValues_areCountedApart() throws IOException {
        State known = State.builder().known(Register.HVBAR, 0).build();
        State derived = State.builder()
                .derived(Register.HVBAR, 0, DerivationRule.IMPORTED)
                .build();
        List<Event> events = List.of(snapshot(known), snapshot(derived), snapshot(derived), snapshot(State.unknown()));
        TraceSummary summary = TraceSummary.of(new InMemoryTrace("test", TraceHeader.of("test"), events));
        assertEquals(Map.of(EventType.SNAPSHOT, Map.of(Register.HVBAR, new Recorded(1, 2))), summary.registers());
    }

    private static Event snapshot(State state) {
        return new Event.Snapshot(0, "state", state);
    }

    @Test
    void emptyTrace_hasNoneOfEverything() throws IOException {
        TraceSummary summary = TraceSummary.of(new InMemoryTrace("test", TraceHeader.of("test"), List.of()));
        assertEquals(0, summary.eventCount());
        assertEquals(0, summary.hypercallCount());
        assertEquals(Map.of(), summary.registers());
        assertEquals(Optional.empty(), summary.processors().stream().findAny());
    }
}
