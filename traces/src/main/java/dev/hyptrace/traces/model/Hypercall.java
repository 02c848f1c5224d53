package dev.hyptrace.traces.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One HVC and what came of it, put together from events.
 *
 * @param number its place among the hypercalls of its recording, from 1
 * @param cpu the processor
 * @param site the address of the HVC, where the recording has it
 * @param immediate the 16-bit immediate, from the encoding or the syndrome
 * @param call the state before the HVC
 * @param vector the state before the first instruction at the Hyp vector
 * @param after the state where it went: after the exception return, or at the payload's first instruction; unknown
 *     for {@link Outcome#NEVER_RETURNED}
 * @param outcome how it ended
 * @param payload for {@link Outcome#ENTERED_PAYLOAD}, the address at which other code was entered in Hyp mode
 * @param departure for {@link Outcome#ENTERED_PAYLOAD}, how the payload left Hyp mode by itself later on, where the recording
 *     goes on so far
 * @param callStep the index of the HVC's {@link Event.Step} among the recording's steps, from 0
 * @param lastStep the index of the last step that belongs to it
 */
public record Hypercall(
        int number,
        int cpu,
        OptionalInt site,
        OptionalInt immediate,
        State call,
        State vector,
        State after,
        Outcome outcome,
        OptionalInt payload,
        Optional<Departure> departure,
        OptionalLong callStep,
        OptionalLong lastStep) {

    /** How a hypercall ended, as far as the recording shows. */
    public enum Outcome {
        /** Back at the instruction after the HVC, in the caller's mode. */
        RETURNED("returned"),
        /** Hyp mode was left, but to another address or mode. */
        RETURNED_ELSEWHERE("returned elsewhere"),
        /**
         * Hyp mode was left, but the recording lacks the address of the HVC or the address returned to, so that it cannot say
         * whether the caller was returned to.
         */
        LEFT_HYP("left HYP, whether to its caller is not recorded"),
        /** The handler branched to other code, in Hyp mode, and did not come back. */
        ENTERED_PAYLOAD("entered another payload in HYP"),
        /** The recording ends, or breaks off, before Hyp mode was left. */
        NEVER_RETURNED("never returned within the trace");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Where Hyp mode was left.
     *
     * @param address the address gone to
     * @param mode the mode gone to
     */
    public record Departure(OptionalInt address, Optional<Mode> mode) {}

    /** Whether it was made in Hyp mode itself, so that the vector is 0x08 and not 0x14. */
    public boolean fromHyp() {
        return call.mode().filter(mode -> mode == Mode.HYP).isPresent();
    }
}
