package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;

/**
 * One field whose two readings differ, before anyone asked why.
 *
 * @param point the moment
 * @param kind its kind there
 * @param name the field's name, {@code outcome}, {@code immediate}, {@code hypercall} or {@code order}
 * @param field the field; empty for what is no register
 * @param left the reading on the left
 * @param right the reading on the right
 * @param severity whether both were recorded
 */
public record Difference(
        Point point, Kind kind, String name, Optional<Field> field, Reading left, Reading right, Severity severity) {

    /** Whether it is in the field with this name. */
    public boolean is(String fieldName) {
        return name.equals(fieldName);
    }

    /** Whether it is in a field of this register. */
    public boolean isIn(Register register) {
        return field.isPresent() && field.get().register() == register;
    }

    /** The value on the left; 0 when that is no number. */
    public long leftBits() {
        return left instanceof Reading.Bits bits ? bits.bits() : 0;
    }

    /** The value on the right; 0 when that is no number. */
    public long rightBits() {
        return right instanceof Reading.Bits bits ? bits.bits() : 0;
    }

    /** Whether the other difference is in the same field and has the same two values. */
    public boolean sameAs(Difference other) {
        return name.equals(other.name) && sameValuesAs(other);
    }

    /** Whether the other difference has the same two values. */
    public boolean sameValuesAs(Difference other) {
        return leftBits() == other.leftBits() && rightBits() == other.rightBits();
    }
}
