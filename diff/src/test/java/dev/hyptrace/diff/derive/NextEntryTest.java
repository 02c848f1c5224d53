package dev.hyptrace.diff.derive;

import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.forget;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class NextEntryTest {
    private static final UnaryOperator<Hypercall> UNSEEN = atReturn(forget(Register.HVBAR));
    private static final UnaryOperator<Hypercall> DERIVED = atCall(state -> state.toBuilder()
            .derived(Register.HVBAR, state.require(Register.HVBAR), DerivationRule.CALL_FROM_VECTOR)
            .build());

    /** HVBAR after the first of two calls. */
    private static Value base(UnaryOperator<Hypercall> first, UnaryOperator<Hypercall> second) throws IOException {
        List<Hypercall> calls =
                List.of(first.apply(Calls.g3().get(2)), second.apply(Calls.g3().get(3)));
        NextEntry source = new NextEntry(HypercallSource.of(calls.iterator()));
        Value value = source.next().after().get(Register.HVBAR);
        assertEquals(calls.get(1), source.next());
        assertNull(source.next());
        return value;
    }

    @Test
    void base_thatTheNextCallFinds_isWhatTheCallLeft() throws IOException {
        assertEquals(
                new Value.Derived(Calls.NEW_VECTORS, DerivationRule.BANKED_FROM_NEXT_ENTRY), base(UNSEEN, DERIVED));
    }

    @Test
    void base_thatWasRecorded_isKept() throws IOException {
        assertEquals(new Value.Known(Calls.NEW_VECTORS), base(call -> call, DERIVED));
    }

    @Test
    void base_recordedAtTheNextCallOnly_isNotCarriedBack() throws IOException {
        assertEquals(Value.UNKNOWN, base(UNSEEN, call -> call));
    }

    @Test
    void base_afterACallThatStaysInHyp_isUnknown() throws IOException {
        UnaryOperator<Hypercall> stays =
                call -> UNSEEN.apply(atReturn(Calls.mode(Mode.HYP)).apply(call));
        assertEquals(Value.UNKNOWN, base(stays, DERIVED));
    }
}
