package dev.hyptrace.emulator.execution;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;

/**
 * Executes the operations of a block one after the other.
 *
 * <p>There is a method for each short length, so that each place in a block of each length has a call site of its own: the
 * host predicts the target of a call by where it is made, and a loop around one call site is half as fast.
 */
final class Sequence {
    private final Cpu cpu;

    /** What stopped the last sequence that did not complete. */
    private ProcessorException exception;

    Sequence(Cpu cpu) {
        this.cpu = cpu;
    }

    /** What stopped the last sequence that did not complete. */
    ProcessorException exception() {
        return exception;
    }

    /**
     * Executes the first {@code length} operations.
     *
     * @return how many have completed: {@code length}, unless {@link #exception} stopped the next one
     */
    int execute(Operation[] operations, int length) {
        return switch (length) {
            case 1 -> execute1(operations);
            case 2 -> execute2(operations);
            case 3 -> execute3(operations);
            case 4 -> execute4(operations);
            case 5 -> execute5(operations);
            case 6 -> execute6(operations);
            case 7 -> execute7(operations);
            case 8 -> execute8(operations);
            default -> executeLong(operations, length);
        };
    }

    private int executeLong(Operation[] operations, int length) {
        int i = 0;
        try {
            do {
                operations[i].execute(cpu);
            } while (++i < length);
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute1(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute2(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute3(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute4(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
            operations[3].execute(cpu);
            i = 4;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute5(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
            operations[3].execute(cpu);
            i = 4;
            operations[4].execute(cpu);
            i = 5;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute6(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
            operations[3].execute(cpu);
            i = 4;
            operations[4].execute(cpu);
            i = 5;
            operations[5].execute(cpu);
            i = 6;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute7(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
            operations[3].execute(cpu);
            i = 4;
            operations[4].execute(cpu);
            i = 5;
            operations[5].execute(cpu);
            i = 6;
            operations[6].execute(cpu);
            i = 7;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }

    private int execute8(Operation[] operations) {
        int i = 0;
        try {
            operations[0].execute(cpu);
            i = 1;
            operations[1].execute(cpu);
            i = 2;
            operations[2].execute(cpu);
            i = 3;
            operations[3].execute(cpu);
            i = 4;
            operations[4].execute(cpu);
            i = 5;
            operations[5].execute(cpu);
            i = 6;
            operations[6].execute(cpu);
            i = 7;
            operations[7].execute(cpu);
            i = 8;
        } catch (ProcessorException e) {
            exception = e;
        }
        return i;
    }
}
