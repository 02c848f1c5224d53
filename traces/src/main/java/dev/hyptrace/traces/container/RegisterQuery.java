package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Summary;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.List;
import java.util.Optional;

/** A step of one processor whose instruction reads a register, or writes it, by what is known of instructions. */
final class RegisterQuery implements LookupQuery {
    private final Names names;
    private final InstructionUse use;
    private final Register register;
    private final boolean write;
    private final int cpu;
    /** Where the mode is found. */
    private final int status;

    RegisterQuery(Names names, InstructionUse use, Register register, boolean write, int cpu) {
        this.names = names;
        this.use = use;
        this.register = register;
        this.write = write;
        this.cpu = cpu;
        this.status = names.indexOf(Register.CPSR);
    }

    @Override
    public boolean mayBeIn(Summary summary) {
        int index = names.indexOf(register);
        return index < 0 || ChunkSummary.mayHave(write ? summary.getWritten() : summary.getRead(), index);
    }

    @Override
    public int find(ChunkView view, int from, boolean backwards) throws CorruptChunkException {
        boolean[] candidates = view.using(register, write, this::usesInSomeMode);
        int step = backwards ? -1 : 1;
        for (int event = from; event >= 0 && event < view.events(); event += step) {
            if (view.isStep(event)
                    && candidates[view.instruction(event)]
                    && view.cpu(event) == cpu
                    && usesInItsMode(view, event)) {
                return event;
            }
        }
        return NONE;
    }

    private boolean usesInSomeMode(Instruction instruction) {
        return (write ? use.writes(instruction) : use.reads(instruction)).contains(register);
    }

    /** Whether it does in the mode that a step is executed in; yes when that was not recorded. */
    private boolean usesInItsMode(ChunkView view, int event) throws CorruptChunkException {
        ProcessorView processor = view.view(cpu);
        if (status < 0 || processor.seen(status, event) < 0 && processor.seenBefore(status) == Knowledge.NEVER) {
            return true;
        }
        Optional<Mode> mode = Mode.ofStatus(processor.value(status, event));
        Optional<Instruction> instruction = InstructionCode.unpack(code(view, event), names);
        if (mode.isEmpty() || instruction.isEmpty()) {
            return true;
        }
        return (write ? use.writes(instruction.get(), mode.get()) : use.reads(instruction.get(), mode.get()))
                .contains(register);
    }

    private static long code(ChunkView view, int event) {
        List<Long> codes = view.codes();
        return codes.get(view.instruction(event));
    }
}
