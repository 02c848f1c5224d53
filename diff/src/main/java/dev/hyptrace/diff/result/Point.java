package dev.hyptrace.diff.result;

/** The moment of a hypercall at which states are compared. */
public enum Point {
    /** Before the HVC. */
    CALL("call"),
    /** Before the first instruction at the Hyp vector. */
    VECTOR("vector"),
    /** After the exception return, or at the first instruction of the code that was entered instead. */
    RETURN("return"),
    /** Before an instruction that is none of these: step replay only. */
    STEP("step");

    private final String text;

    Point(String text) {
        this.text = text;
    }

    /** The word that reports use. */
    public String text() {
        return text;
    }
}
