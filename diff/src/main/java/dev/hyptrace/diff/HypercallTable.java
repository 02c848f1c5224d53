package dev.hyptrace.diff;

import dev.hyptrace.diff.compare.FieldTable;
import dev.hyptrace.diff.compare.StateComparer;
import dev.hyptrace.diff.result.HypercallRow;
import dev.hyptrace.diff.result.Hypercalls;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the rows of the table of hypercalls: the first of them, and how many there are. */
final class HypercallTable {
    static final int MAX_ROWS = 1000;

    private final List<HypercallRow> rows = new ArrayList<>();
    private long left;
    private long right;
    private long aligned;

    void add(Optional<Hypercall> leftCall, Optional<Hypercall> rightCall, int divergences) {
        left += leftCall.isPresent() ? 1 : 0;
        right += rightCall.isPresent() ? 1 : 0;
        aligned += leftCall.isPresent() && rightCall.isPresent() ? 1 : 0;
        if (rows.size() < MAX_ROWS) {
            rows.add(new HypercallRow(
                    leftCall.map(HypercallTable::row), rightCall.map(HypercallTable::row), divergences));
        }
    }

    Hypercalls hypercalls() {
        return new Hypercalls(left, right, aligned, rows);
    }

    private static HypercallRow.Call row(Hypercall call) {
        Reading atCall = reading(Register.HVBAR, call.call());
        return new HypercallRow.Call(
                call.number(),
                call.site(),
                call.immediate(),
                reading(Register.R0, call.call()),
                reading(Register.R1, call.call()),
                atCall.text().isPresent() ? atCall : reading(Register.HVBAR, call.vector()),
                call.outcome(),
                call.payload(),
                call.departure());
    }

    private static Reading reading(Register register, State state) {
        return StateComparer.reading(FieldTable.of(register).get(0), state);
    }
}
