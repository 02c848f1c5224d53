package dev.hyptrace.cli.outcome;

/** How a command ended, for scripts. */
public final class ExitStatus {
    /** No divergence, or just done. */
    public static final int SAME = 0;
    /** A divergence was found. */
    public static final int DIFFERENT = 1;
    /** Usage, input and output, bad input, or nothing that could be compared. */
    public static final int TROUBLE = 2;

    /** A build cannot be tested; {@code git bisect run} takes it so. */
    public static final int UNTESTABLE = 125;

    private ExitStatus() {}
}
