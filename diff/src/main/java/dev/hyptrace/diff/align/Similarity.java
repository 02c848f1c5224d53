package dev.hyptrace.diff.align;

import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
    private static final int[] ARGUMENT_AGREES = {4, 2, 1, 1};
    private static final int[] ARGUMENT_DIFFERS = {-3, -1, -1, -1};

    private final AddressMaps maps;

    public Similarity(AddressMaps maps) {
        this.maps = maps;
    }

    /** The score; above 0 when the two may be the same call. */
    public int score(Hypercall left, Hypercall right) {
        int site = weigh(left.site(), right.site(), 4, -3);
        int immediate = weigh(left.immediate(), right.immediate(), 1, -2);
        int agreed = Math.max(site, 0) + Math.max(immediate, 0);
        int differed = Math.min(site, 0) + Math.min(immediate, 0);
        for (int n = 0; n < ARGUMENT_AGREES.length; n++) {
            int argument = argument(left, right, n);
            agreed += Math.max(argument, 0);
            differed += Math.min(argument, 0);
        }
        return BASE + agreed + differed + (differed == 0 && agreed > 0 ? EXACT : 0);
    }

    /** Whether they agree in something and differ in nothing. */
    public boolean same(Hypercall left, Hypercall right) {
        return score(left, right) > EXACT;
    }

    private int weigh(OptionalInt left, OptionalInt right, int agrees, int differs) {
        if (left.isEmpty() || right.isEmpty()) {
            return 0;
        }
        return maps.correspond(left.getAsInt(), right.getAsInt()) ? agrees : differs;
    }

    private int argument(Hypercall left, Hypercall right, int n) {
        OptionalLong leftBits = left.call().bits(Register.r(n));
        OptionalLong rightBits = right.call().bits(Register.r(n));
        if (leftBits.isEmpty() || rightBits.isEmpty()) {
            return 0;
        }
        boolean agree = maps.correspond(leftBits.getAsLong(), rightBits.getAsLong());
        return agree ? ARGUMENT_AGREES[n] : ARGUMENT_DIFFERS[n];
    }
}
