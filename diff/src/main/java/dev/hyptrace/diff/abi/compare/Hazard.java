package dev.hyptrace.diff.abi.compare;

/**
 * Something that a caller of one ABI may not assume of a party with another.
 *
 * @param caller the label of the description that the caller keeps to
 * @param party the label of the description that the party keeps to
 * @param kind what kind of assumption
 * @param function the function that the caller means; empty for what is no function's
 * @param call the hypercall that shows it: {@code "`hvc #0` with r0 = 0"}; empty for what no single call shows
 * @param sentence all of it, for people
 */
public record Hazard(String caller, String party, Kind kind, String function, String call, String sentence) {
    /** What kind of assumption. */
    public enum Kind {
        /** The call does something else. */
        EFFECT("effect"),
        /** The call does what is meant, and more. */
        SIDE_EFFECT("side-effect"),
        /** The call is an error to the caller, and a function to the party. */
        NO_ERROR("no-error"),
        /** The description of the party does not settle it. */
        NOT_SETTLED("not-settled"),
        /** The call does not come in at the party's handler, or is told from others by another register. */
        NOT_ITS_CALL("not-its-call"),
        /** The contracts give up different registers. */
        CONTRACT("contract"),
        /** Vectors that calls do not come in by. */
        VECTORS("vectors"),
        /** The same call made in Hyp mode. */
        FROM_HYP("from-hyp");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
