package dev.hyptrace.diff.result;

import dev.hyptrace.traces.model.Instruction;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where something was seen.
 *
 * @param leftHypercall the number of the hypercall on the left, from 1; at {@link Point#STEP} the last one before the step
 * @param rightHypercall the number of the hypercall on the right
 * @param point which moment of it
 * @param step the index of the step among those of the left recording, from 0 (of the right one where the left has no such
 *     call)
 * @param address the address of the instruction about to execute, on that same side
 * @param symbol the name of that address
 * @param instruction the instruction there, in step replay
 */
public record Place(
        OptionalInt leftHypercall,
        OptionalInt rightHypercall,
        Point point,
        OptionalLong step,
        OptionalInt address,
        Optional<String> symbol,
        Optional<Instruction> instruction) {

    /** The number on the left, or that on the right for a call that the left does not have. */
    public OptionalInt hypercall() {
        return leftHypercall.isPresent() ? leftHypercall : rightHypercall;
    }
}
