package dev.hyptrace.diff.align;

import dev.hyptrace.traces.model.Hypercall;
import java.util.Optional;

/** One place in the alignment of two sequences of hypercalls. */
public sealed interface Aligned {
    /** Two calls that correspond. */
    record Pair(Hypercall left, Hypercall right) implements Aligned {}

    /**
     * A call that the right side does not make here.
     *
     * @param movedTo the same call where the right side makes it instead
     */
    record LeftOnly(Hypercall left, Optional<Hypercall> movedTo) implements Aligned {}

    /**
     * A call that the left side does not make here.
     *
     * @param movedFrom the same call where the left side makes it instead
     */
    record RightOnly(Hypercall right, Optional<Hypercall> movedFrom) implements Aligned {}
}
