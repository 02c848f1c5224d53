package dev.hyptrace.diff.result;

/**
 * One field that the two sides do not agree on.
 *
 * @param number its place in the report, from 1
 * @param place where it was seen
 * @param kind what sort of thing it is
 * @param field the register and, where it is compared by field, the field: {@code R0}, {@code CPSR.M}, {@code HSR.ISS};
 *     {@code outcome}; for {@link Kind#PRESENCE} {@code hypercall} or {@code order}
 * @param left what the left side says
 * @param right what the right side says
 * @param verdict what it means
 */
public record Divergence(
        int number, Place place, Kind kind, String field, Reading left, Reading right, Verdict verdict) {

    /** Whether it stands for itself: no earlier divergence brought it about. */
    public boolean isFinding() {
        return verdict.follows().isEmpty();
    }
}
