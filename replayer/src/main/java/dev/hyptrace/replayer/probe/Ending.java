package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Hypercall.Outcome;

/**
 * How a call ended.
 *
 * @param kind what happened
 * @param address the address at which it shows: where it went, spins, or was given up; for a device its physical address
 */
public record Ending(Kind kind, int address) {
    /** What can happen. */
    public enum Kind {
        /** Back at the instruction after the HVC, in the caller's mode. */
        RETURNS("returns", Outcome.RETURNED),
        /** Hyp mode was left, but not to there. */
        RETURNS_ELSEWHERE("returns elsewhere", Outcome.RETURNED_ELSEWHERE),
        /** Other code was entered in Hyp mode: at an address that a register held, or at the instruction after the HVC. */
        ENTERS("enters", Outcome.ENTERED_PAYLOAD),
        /** An instruction that only leads to itself. */
        SPINS("spins", Outcome.NEVER_RETURNED),
        /** Still in Hyp mode after as many instructions as were allowed. */
        RUNS_ON("runs on", Outcome.NEVER_RETURNED),
        /** A device was accessed: what it would have answered is not known. */
        TOUCHES_DEVICE("touches a device", Outcome.NEVER_RETURNED),
        /** Firmware was called: what it would have answered is not known. */
        CALLS_FIRMWARE("calls firmware", Outcome.NEVER_RETURNED),
        /** HVC is UNDEFINED there. */
        NOT_TAKEN("not taken: HVC is UNDEFINED", Outcome.NEVER_RETURNED);

        private final String text;
        private final Outcome outcome;

        Kind(String text, Outcome outcome) {
            this.text = text;
            this.outcome = outcome;
        }

        /** The beginning of the words for it. */
        public String text() {
            return text;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    /** Whether the caller, or whoever was gone to, can see the registers as they are at the end. */
    public boolean isLeft() {
        return kind == Kind.RETURNS || kind == Kind.RETURNS_ELSEWHERE || kind == Kind.ENTERS;
    }
}
