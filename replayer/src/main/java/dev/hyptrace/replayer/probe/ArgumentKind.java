package dev.hyptrace.replayer.probe;

/** What an argument register holds at a call. */
public enum ArgumentKind {
    /** A value that is no address and that nothing else holds. */
    CANARY("canary"),
    /** The address of a landing, at the start of a page. */
    ALIGNED_ADDRESS("aligned"),
    /** The same and 4: aligned to a word, but no base of vectors. */
    UNALIGNED("aligned+4"),
    /** The same and 1: a Thumb landing. */
    ODD("aligned+1"),
    ZERO("0"),
    ALL_ONES("-1");

    private final String text;

    ArgumentKind(String text) {
        this.text = text;
    }

    /** How it is written in the identity of a case. */
    public String text() {
        return text;
    }

    /** Whether it is an address of a landing. */
    public boolean isAddress() {
        return this == ALIGNED_ADDRESS || this == UNALIGNED || this == ODD;
    }

    /**
     * The value.
     *
     * @param landing the address of the register's landing
     * @param canary the register's canary
     */
    int value(int landing, int canary) {
        return switch (this) {
            case CANARY -> canary;
            case ALIGNED_ADDRESS -> landing;
            case UNALIGNED -> landing + 4;
            case ODD -> landing + 1;
            case ZERO -> 0;
            case ALL_ONES -> -1;
        };
    }
}
