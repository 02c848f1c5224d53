package dev.hyptrace.diff.result;

/** How much a difference weighs. */
public enum Severity {
    /** Two recorded values differ: the recordings diverge. */
    DIVERGENCE("divergence"),
    /** Two recorded values differ for a reason that is known and lies in the source, or in time: reported, but no failure. */
    EXPLAINED("explained"),
    /** A derived value differs from a recorded or derived one: the derivation may be what is wrong. */
    WARNING("warning");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
