package dev.hyptrace.diff.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.compare.FieldTable;
import dev.hyptrace.diff.explain.WriterSearch.Query;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WriterSearchTest {
    /** mcr p15, 4, r1, c12, c0, 0. */
    private static final int MCR_HVBAR = 0xee8c1f10;

    private static Trace trace(int... r5) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < r5.length; i++) {
            State state = State.builder().known(Register.R5, r5[i]).build();
            events.add(new Event.Step(0, 0x1000 + 4 * i, Instruction.a32(i == 2 ? MCR_HVBAR : 0xe1a00000 + i), state));
        }
        return new InMemoryTrace("t", TraceHeader.of("test"), events);
    }

    private static Optional<Writer> search(Trace trace, Register register, int cpu, long from, long to)
            throws IOException {
        Query query = new Query(FieldTable.of(register).get(0), cpu, from, to);
        return WriterSearch.search(trace, Side.LEFT, Symbols.NONE, List.of(query))
                .get(0);
    }

    @Test
    void register_thatChanged_wasWrittenByTheLastStepBefore() throws IOException {
        Writer writer = search(trace(1, 2, 2, 3, 3, 4), Register.R5, 0, 0, 3).orElseThrow();
        assertEquals(2, writer.step());
        assertEquals(0x1008, writer.address());
    }

    @Test
    void register_thatDidNotChangeInTheRange_hasNoWriter() throws IOException {
        assertEquals(Optional.empty(), search(trace(1, 2, 2, 2, 2, 4), Register.R5, 0, 1, 3));
        assertEquals(Optional.empty(), search(trace(1, 2, 3), Register.R5, 1, 0, 3), "another processor");
        assertEquals(Optional.empty(), search(trace(1, 2, 3), Register.R6, 0, 0, 3), "not recorded");
    }

    @Test
    void vectorBase_thatWasNotRecorded_isWrittenByItsInstruction() throws IOException {
        assertEquals(
                2,
                search(trace(1, 1, 1, 1), Register.HVBAR, 0, 0, 3).orElseThrow().step());
        assertEquals(Optional.empty(), search(trace(1, 1, 1, 1), Register.VBAR, 0, 0, 3));
        assertEquals(Optional.empty(), search(trace(1, 1, 1, 1), Register.HVBAR, 0, 3, 3));
    }
}
