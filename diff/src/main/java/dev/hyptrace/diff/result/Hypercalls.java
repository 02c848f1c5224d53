package dev.hyptrace.diff.result;

import java.util.List;

/**
 * The hypercalls of the two sides beside each other.
 *
 * @param left how many the left side made
 * @param right how many the right side made
 * @param aligned how many of them correspond
 * @param rows the first of them, in order
 */
public record Hypercalls(long left, long right, long aligned, List<HypercallRow> rows) {
    public Hypercalls {
        rows = List.copyOf(rows);
    }
}
