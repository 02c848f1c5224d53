package dev.hyptrace.replayer.use;

import dev.hyptrace.emulator.use.RegisterSet;
import dev.hyptrace.emulator.use.RegisterUse;
import dev.hyptrace.traces.container.InstructionUse;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the emulator's tables say that an instruction reads and writes. Used by one thread. */
public final class KnownUse implements InstructionUse {
    /** So many instructions are remembered. */
    private static final int REMEMBERED = 1 << 14;

    private static final String USER_SUFFIX = "_usr";

    private final Map<Instruction, Uses> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instruction, Uses> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** By the mode's ordinal; the last one is for all modes together. */
    private record Uses(List<Set<Register>> reads, List<Set<Register>> writes) {}

    @Override
    public Set<Register> reads(Instruction instruction, Mode mode) {
        return uses(instruction).reads.get(mode.ordinal());
    }

    @Override
    public Set<Register> writes(Instruction instruction, Mode mode) {
        return uses(instruction).writes.get(mode.ordinal());
    }

    @Override
    public Set<Register> reads(Instruction instruction) {
        return uses(instruction).reads.get(Mode.values().length);
    }

    @Override
    public Set<Register> writes(Instruction instruction) {
        return uses(instruction).writes.get(Mode.values().length);
    }

    private Uses uses(Instruction instruction) {
        Uses found = known.get(instruction);
        if (found == null) {
            found = of(instruction);
            known.put(instruction, found);
        }
        return found;
    }

    private static Uses of(Instruction instruction) {
        List<Set<Register>> reads = new ArrayList<>();
        List<Set<Register>> writes = new ArrayList<>();
        Set<Register> allReads = EnumSet.noneOf(Register.class);
        Set<Register> allWrites = EnumSet.noneOf(Register.class);
        for (Mode mode : Mode.values()) {
            RegisterUse use = in(instruction, mode);
            reads.add(registers(use.reads(), mode));
            writes.add(registers(use.writes(), mode));
            allReads.addAll(reads.get(mode.ordinal()));
            allWrites.addAll(writes.get(mode.ordinal()));
        }
        reads.add(allReads);
        writes.add(allWrites);
        return new Uses(reads, writes);
    }

    private static RegisterUse in(Instruction instruction, Mode mode) {
        dev.hyptrace.emulator.decode.InstructionSet set = instruction.set() == InstructionSet.A32
                ? dev.hyptrace.emulator.decode.InstructionSet.A32
                : instruction.size() == 2
                        ? dev.hyptrace.emulator.decode.InstructionSet.T16
                        : dev.hyptrace.emulator.decode.InstructionSet.T32;
        return RegisterUse.of(set, instruction.encoding(), false, mode.encoding());
    }

    private static Set<Register> registers(RegisterSet set, Mode mode) {
        Set<Register> found = EnumSet.noneOf(Register.class);
        for (int n = 0; n < 15; n++) {
            if (set.hasCore(n)) {
                found.add(mode.coreRegister(n));
            }
        }
        if (set.flags()) {
            found.add(Register.CPSR);
        }
        for (int n = 0; n < 32; n++) {
            if (set.hasExtension(n)) {
                found.add(Register.valueOf("D" + n));
            }
        }
        set.named().forEach(name -> Register.named(name)
                .or(() -> Register.named(name.replace(USER_SUFFIX, "")))
                .ifPresent(found::add));
        return found;
    }
}
