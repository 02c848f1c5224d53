package dev.hyptrace.diff.result;

import dev.hyptrace.traces.model.Hypercall;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the table of hypercalls.
 *
 * @param left the call on the left, if it has one here
 * @param right the call on the right, if it has one here
 * @param divergences how many divergences of any severity lie in this pair
 */
public record HypercallRow(Optional<Call> left, Optional<Call> right, int divergences) {
    /**
     * What the table shows of a call.
     *
     * @param number its number in its recording, from 1
     * @param site the address of the HVC
     * @param immediate its immediate
     * @param r0 R0 before the HVC
     * @param r1 R1 before the HVC
     * @param hvbar HVBAR before the HVC, or at the vector where the recording has it only there
     * @param outcome how it ended
     * @param payload the address of the code that it entered in Hyp mode
     * @param departure how that code left Hyp mode by itself
     */
    public record Call(
            int number,
            OptionalInt site,
            OptionalInt immediate,
            Reading r0,
            Reading r1,
            Reading hvbar,
            Hypercall.Outcome outcome,
            OptionalInt payload,
            Optional<Hypercall.Departure> departure) {}
}
