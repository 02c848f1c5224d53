package dev.hyptrace.diff.bisect;

import java.util.Locale;
import java.util.Optional;

/** What a test says of a build. */
public enum Verdict {
    GOOD,
    BAD,
    /** The build cannot be tested. */
    SKIP;

    /** The word that reports and logs use. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Verdict> named(String text) {
        for (Verdict verdict : values()) {
            if (verdict.text().equals(text)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
