package dev.hyptrace.diff.result;

/** How a comparison ended, and the exit status that scripts see. */
public enum Status {
    /** At least one field was compared and no divergence is left unexplained. */
    SAME(0, "SAME"),
    /** There is a divergence. */
    DIFFERENT(1, "DIFFERENT"),
    /** No field was recorded on both sides, which is no pass. */
    NOTHING_COMPARED(2, "NOTHING COMPARED");

    private final int exitCode;
    private final String text;

    Status(int exitCode, String text) {
        this.exitCode = exitCode;
        this.text = text;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The word with which a report begins. */
    public String text() {
        return text;
    }
}
