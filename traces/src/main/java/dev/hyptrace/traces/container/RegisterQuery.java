package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Summary;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;

/** A step of one processor whose instruction reads a register, or writes it, by what is known of instructions. */
final class RegisterQuery implements LookupQuery {
    private final Names names;
    private final InstructionUse use;
    private final Register register;
    private final boolean write;
    private final int cpu;
    /** Which R{@code n} the register is, in those modes that have it. */
    private final int number;

    RegisterQuery(Names names, InstructionUse use, Register register, boolean write, int cpu) {
        this.names = names;
        this.use = use;
        this.register = register;
        this.write = write;
        this.cpu = cpu;
        this.number = number(register);
    }

    /** Which R{@code n} a register is in some mode; -1 for one that is none. */
    static int number(Register register) {
        for (Mode mode : Mode.values()) {
            for (int n = 0; n < 15; n++) {
                if (mode.coreRegister(n) == register) {
                    return n;
                }
            }
        }
        return -1;
    }

    @Override
    public boolean mayBeIn(Summary summary) {
        if (number < 0) {
            return false;
        }
        boolean isKnown = write ? summary.hasWrites() : summary.hasReads();
        return !isKnown || ((write ? summary.getWrites() : summary.getReads()) >>> number & 1) != 0;
    }

    @Override
    public int find(ChunkView view, int from, boolean backwards) throws CorruptChunkException {
        int[] masks = view.masks(use, write);
        int step = backwards ? -1 : 1;
        for (int event = from; event >= 0 && event < view.events(); event += step) {
            if (view.isStep(event)
                    && (masks[view.instruction(event)] >>> number & 1) != 0
                    && view.cpu(event) == cpu
                    && isOfItsMode(view, event)) {
                return event;
            }
        }
        return NONE;
    }

    /** Whether R{@code n} is the register in the mode that a step is executed in; yes when that was not recorded. */
    private boolean isOfItsMode(ChunkView view, int event) {
        if (register.group() == Register.Group.CORE && number < 8) {
            return true;
        }
        int index = names.indexOf(Register.CPSR);
        if (index < 0 || view.view(cpu).seen(index, event) < 0 && view.view(cpu).seenBefore(index) == Knowledge.NEVER) {
            return true;
        }
        return Mode.ofStatus(view.view(cpu).value(index, event))
                .map(mode -> mode.coreRegister(number) == register)
                .orElse(true);
    }
}
