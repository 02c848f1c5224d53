package dev.hyptrace.diff.result;

/** The classes of cause. */
public enum CauseClass {
    /** Same input, other behaviour: one of the two does not do what it should. */
    BUG("bug"),
    /** The manual calls it UNPREDICTABLE. */
    UNPREDICTABLE("UNPREDICTABLE"),
    /** The manual leaves it to the implementation. */
    IMPLEMENTATION_DEFINED("implementation defined"),
    /** The two were not set up alike. */
    CONFIGURATION("configuration"),
    /** The emulator does not model it. */
    NOT_MODELLED("not modelled"),
    /** A known deviation of the recording's source from the manual. */
    SOURCE_DEVIATION("source deviation"),
    /** It comes from the time that has passed, which the two do not count alike. */
    TIME("time");

    private final String text;

    CauseClass(String text) {
        this.text = text;
    }

    /** The words that reports use. */
    public String text() {
        return text;
    }
}
