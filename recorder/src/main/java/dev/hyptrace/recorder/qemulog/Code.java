package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.Optional;

/**
 * One translated instruction, with what its encoding says about the instruction that follows it. Made once per line of an IN
 * block and shared by every step that executes it.
 */
final class Code {
    /** Of an instruction whose encoding the log does not give. */
    static final Code UNKNOWN = new Code();

    private final Optional<Instruction> instruction;
    private final Flow flow;

    Code(Instruction instruction) {
        this.instruction = Optional.of(instruction);
        this.flow = Flow.of(instruction);
    }

    private Code() {
        this.instruction = Optional.empty();
        this.flow = Flow.ANYWHERE;
    }

    Optional<Instruction> instruction() {
        return instruction;
    }

    Flow flow() {
        return flow;
    }

    boolean isKnown() {
        return instruction.isPresent();
    }

    /** The bytes it takes; 4 when the encoding is unknown. */
    int size() {
        return instruction.map(Instruction::size).orElse(4);
    }

    boolean isT32() {
        return instruction.map(known -> known.set() == InstructionSet.T32).orElse(false);
    }
}
