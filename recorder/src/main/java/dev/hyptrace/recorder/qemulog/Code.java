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
    private final int size;
    private final boolean thumb;

    Code(Instruction instruction) {
        this.instruction = Optional.of(instruction);
        this.flow = Flow.of(instruction);
        this.size = instruction.size();
        this.thumb = instruction.set() == InstructionSet.T32;
    }

    private Code() {
        this.instruction = Optional.empty();
        this.flow = Flow.ANYWHERE;
        this.size = 4;
        this.thumb = false;
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
        return size;
    }

    boolean isT32() {
        return thumb;
    }
}
