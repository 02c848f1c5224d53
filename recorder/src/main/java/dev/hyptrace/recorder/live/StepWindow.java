package dev.hyptrace.recorder.live;

import java.util.OptionalInt;

/**
 * A stretch of execution of which each instruction is recorded.
 *
 * @param from the address at which it begins, whatever mode the processor is in
 * @param to the address before which it ends; empty for {@code most} instructions
 * @param most the largest number of instructions, above 0
 * @param times how often it is recorded, above 0
 */
public record StepWindow(int from, OptionalInt to, long most, int times) {
    public StepWindow {
        if (most < 1 || times < 1) {
            throw new IllegalArgumentException(
                    "a window of " + most + " instructions, " + times + " times; expected at least 1 of each");
        }
    }

    /** So many instructions from an address on, once. */
    public static StepWindow of(int from, long most) {
        return new StepWindow(from, OptionalInt.empty(), most, 1);
    }
}
