package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.traces.model.Hypercall;
import java.util.Optional;

/**
 * A difference between two hypercalls, with what is around it.
 *
 * @param difference the difference
 * @param left the hypercall on the left
 * @param right the hypercall on the right
 * @param lastEqual where the field was last equal
 * @param generationsDiffer whether each side did what a generation of the stub does, but not the same one
 * @param sameInput whether the two calls were equal in all that was compared up to the first instruction at the vector
 */
public record Subject(
        Difference difference,
        Hypercall left,
        Hypercall right,
        Optional<Place> lastEqual,
        boolean sameInput,
        boolean generationsDiffer) {}
