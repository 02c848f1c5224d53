package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.compare.FieldTally.Count;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/**
 * Compares two states field by field.
 *
 * <p>Known against known can be a divergence, derived against anything is at most a warning, and what one side does not have
 * is counted and not compared.
 */
public final class StateComparer {
    private final AddressMaps maps;
    private final Treatments treatments;
    private final FieldTally tally;

    public StateComparer(AddressMaps maps, Treatments treatments, FieldTally tally) {
        this.maps = maps;
        this.treatments = treatments;
        this.tally = tally;
    }

    /** Compares the states of two hypercalls at a point; what the table of kinds names and neither has counts as unknown. */
    public void comparePoint(Point point, State left, State right, FieldSink sink) {
        compareRecorded(point, left, right, sink);
        for (Register register : Kinds.expected(point, left, right)) {
            if (!left.has(register) && !right.has(register)) {
                unknown(point, register);
            }
        }
    }

    /** Compares what at least one of the two has. */
    public void compareRecorded(Point point, State left, State right, FieldSink sink) {
        for (Register register : left.registers()) {
            if (right.has(register)) {
                compare(point, register, left, right, sink);
            } else {
                unknown(point, register);
            }
        }
        for (Register register : right.registers()) {
            if (!left.has(register)) {
                unknown(point, register);
            }
        }
    }

    private void unknown(Point point, Register register) {
        long ignored = treatments.masked(register) | treatments.taken(register);
        for (Field field : FieldTable.of(register)) {
            if ((field.mask() & ~ignored) != 0) {
                tally.add(point, Count.UNKNOWN, 1);
            } else {
                tallyIgnored(point, field);
            }
        }
    }

    private void compare(Point point, Register register, State left, State right, FieldSink sink) {
        long leftBits = left.require(register);
        long rightBits = right.require(register);
        boolean known = left.isKnown(register) && right.isKnown(register);
        long ignored = treatments.masked(register) | treatments.taken(register);
        for (Field field : FieldTable.of(register)) {
            long mask = field.mask() & ~ignored;
            if (mask == 0) {
                tallyIgnored(point, field);
                continue;
            }
            tally.add(point, known ? Count.COMPARED : Count.DERIVED, 1);
            if (agree(field, leftBits & mask, rightBits & mask)) {
                sink.equal(point, field);
            } else {
                sink.differ(difference(point, field, left, right));
            }
        }
    }

    private boolean agree(Field field, long left, long right) {
        return left == right || field.isWhole() && maps.correspond(left, right);
    }

    private void tallyIgnored(Point point, Field field) {
        boolean masked = (field.mask() & ~treatments.masked(field.register())) == 0;
        tally.add(point, masked ? Count.MASKED : Count.TAKEN, 1);
    }

    private static Difference difference(Point point, Field field, State left, State right) {
        Register register = field.register();
        boolean known = left.isKnown(register) && right.isKnown(register);
        return new Difference(
                point,
                Kinds.of(point, register),
                field.name(),
                Optional.of(field),
                reading(field, left),
                reading(field, right),
                known ? Severity.DIVERGENCE : Severity.WARNING);
    }

    /** What a state says of a field. */
    public static Reading reading(Field field, State state) {
        Register register = field.register();
        return state.has(register)
                ? new Reading.Bits(field.of(state.require(register)), field.width(), state.rule(register))
                : Reading.ABSENT;
    }
}
