package dev.hyptrace.diff.align;

import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.traces.model.Hypercall;

/**
 * How well two hypercalls fit each other, by call site, immediate and arguments.
 *
 * <p>Each trait that both recorded adds to the score when it agrees and takes from it when it differs; an unknown one does
 * neither. Two calls may be aligned when their score is above 0. Two pairs that each differ in one argument score less
 * than one pair that agrees in everything, so that two calls in another order are seen as that, and not as two calls with
 * other arguments.
 *
 * <pre>
 *   trait       agrees  differs
 *   call site       +4       -3     after address maps
 *   immediate       +1       -2
 *   r0              +4       -3     the function
 *   r1              +2       -1
 *   r2, r3          +1       -1     often left over from the caller
 *   everything     +14
 * </pre>
 */
public final class Similarity {
    private static final int BASE = 1;
    private static final int EXACT = 14;
    /** By trait, as numbered in {@link Traits}. */
    private static final int[] AGREES = {4, 1, 4, 2, 1, 1};

    private static final int[] DIFFERS = {-3, -2, -3, -1, -1, -1};

    private final AddressMaps maps;

    public Similarity(AddressMaps maps) {
        this.maps = maps;
    }

    /** The score; above 0 when the two may be the same call. */
    int score(Traits left, Traits right) {
        int agreed = 0;
        int differed = 0;
        for (int trait = 0; trait < Traits.COUNT; trait++) {
            if (left.has(trait) && right.has(trait)) {
                if (maps.correspond(left.value(trait), right.value(trait))) {
                    agreed += AGREES[trait];
                } else {
                    differed += DIFFERS[trait];
                }
            }
        }
        return BASE + agreed + differed + (differed == 0 && agreed > 0 ? EXACT : 0);
    }

    /** Whether they agree in something and differ in nothing. */
    boolean same(Traits left, Traits right) {
        return score(left, right) > EXACT;
    }

    /** Whether they agree in something and differ in nothing. */
    public boolean same(Hypercall left, Hypercall right) {
        return same(Traits.of(left), Traits.of(right));
    }
}
