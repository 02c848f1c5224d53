package dev.hyptrace.traces.hypercall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HypercallsTest {
    /** A call on cpu 0 that stays open while cpu 1 makes others. */
    private static Trace openCallThen(int others) {
        List<Event> events = new ArrayList<>();
        events.add(entry(0));
        events.add(new Event.Gap(0, "not recorded"));
        for (int i = 0; i < others; i++) {
            Instruction hvc = Instruction.a32(0xe140_0070);
            events.add(new Event.Step(1, 0x8000 + 8 * i, hvc, Recorded.state(Recorded.SVC, 0x8000 + 8 * i, i)));
            events.add(entry(1));
            events.add(new Event.ExceptionReturn(
                    1, Optional.of(Mode.HYP), Optional.of(Mode.SVC), Recorded.state(Recorded.SVC, 0x8004 + 8 * i, i)));
        }
        return new InMemoryTrace("test", TraceHeader.of("test"), events);
    }

    private static Event entry(int cpu) {
        return new Event.ExceptionEntry(
                cpu, ExceptionKind.HYPERVISOR_CALL, Optional.of(Mode.SVC), Optional.of(Mode.HYP), State.unknown());
    }

    private static List<Integer> numbers(Hypercalls.Reader reader) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Hypercall call = reader.next(); call != null; call = reader.next()) {
            numbers.add(call.number());
        }
        assertNull(reader.next());
        return numbers;
    }

    @Test
    void of_anOpenCall_comesFirst() throws IOException {
        List<Hypercall> calls = Hypercalls.of(openCallThen(3));
        assertEquals(List.of(1, 2, 3, 4), calls.stream().map(Hypercall::number).toList());
        assertEquals(Hypercall.Outcome.NEVER_RETURNED, calls.get(0).outcome());
        assertEquals(Hypercall.Outcome.RETURNED, calls.get(3).outcome());
    }

    @Test
    void reader_givesTheSameInTheSameOrder() throws IOException {
        try (Hypercalls.Reader reader = Hypercalls.reader(openCallThen(1000))) {
            List<Hypercall> list = Hypercalls.of(openCallThen(1000));
            for (Hypercall expected : list) {
                assertEquals(expected, reader.next());
            }
            assertNull(reader.next());
        }
    }

    @Test
    void reader_anEndlessCall_holdsBackABoundedNumber() throws IOException {
        int others = Hypercalls.Reader.MAX_HELD + 100;
        try (Hypercalls.Reader reader = Hypercalls.reader(openCallThen(others))) {
            assertEquals(2, reader.next().number());
        }
        try (Hypercalls.Reader reader = Hypercalls.reader(openCallThen(others))) {
            List<Integer> numbers = numbers(reader);
            assertEquals(others + 1, numbers.size());
            assertEquals(others + 1, numbers.stream().distinct().count());
        }
    }

    @Test
    void noHypercalls_areNone() throws IOException {
        Trace empty = new InMemoryTrace("test", TraceHeader.of("test"), List.of());
        assertEquals(List.of(), Hypercalls.of(empty));
        try (Hypercalls.Reader reader = Hypercalls.reader(empty)) {
            assertNull(reader.next());
        }
    }
}
