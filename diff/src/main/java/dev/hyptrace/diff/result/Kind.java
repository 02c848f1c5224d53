package dev.hyptrace.diff.result;

/** What sort of thing differs. */
public enum Kind {
    /** The processor mode, its masks, instruction set and endianness, and how the call ended. */
    MODE("mode"),
    /** A vector base, or the address of the vector that was taken. */
    VECTOR("vector"),
    /** Any other register: arguments, syndrome, results, what must survive. */
    REGISTER("register"),
    /** A call that only one side made, or that the sides made in another order. */
    PRESENCE("presence");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** The word that reports use. */
    public String text() {
        return text;
    }
}
