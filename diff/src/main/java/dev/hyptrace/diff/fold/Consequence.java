package dev.hyptrace.diff.fold;

/**
 * That a difference would not be there without an earlier one.
 *
 * @param cause the earlier one, or what it led to
 * @param because why, in one clause
 * @param proves whether this difference, which was recorded, proves the earlier one, which was only derived
 */
public record Consequence(Entry cause, String because, boolean proves) {
    public Consequence(Entry cause, String because) {
        this(cause, because, false);
    }
}
