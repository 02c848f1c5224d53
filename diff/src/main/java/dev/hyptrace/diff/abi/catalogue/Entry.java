package dev.hyptrace.diff.abi.catalogue;

import java.util.Locale;

/**
 * A divergence that is known.
 *
 * @param id such as {@code B1}
 * @param title one clause
 * @param versions what has it
 * @param isShown whether hypercalls show it
 * @param how how they show it, or why they do not: a sentence, or a clause
 */
public record Entry(String id, Kind kind, String title, String versions, boolean isShown, String how) {
    /** Whose doing it is. */
    public enum Kind {
        /** Somebody made a mistake. */
        BUG,
        /** The ABI moved on. */
        CHANGE;

        static Kind named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
