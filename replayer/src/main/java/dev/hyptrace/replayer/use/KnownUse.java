package dev.hyptrace.replayer.use;

import dev.hyptrace.emulator.use.RegisterSet;
import dev.hyptrace.emulator.use.RegisterUse;
import dev.hyptrace.traces.container.InstructionUse;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
    private record Uses(Set<Register>[] reads, Set<Register>[] writes) {}

    @Override
    public Set<Register> reads(Instruction instruction, Mode mode) {
        return uses(instruction).reads[mode.ordinal()];
    }

    @Override
    public Set<Register> writes(Instruction instruction, Mode mode) {
        return uses(instruction).writes[mode.ordinal()];
    }

    @Override
    public Set<Register> reads(Instruction instruction) {
        return uses(instruction).reads[Mode.values().length];
    }

    @Override
    public Set<Register> writes(Instruction instruction) {
        return uses(instruction).writes[Mode.values().length];
    }

    private Uses uses(Instruction instruction) {
        Uses found = known.get(instruction);
        if (found == null) {
            found = of(instruction);
            known.put(instruction, found);
        }
        return found;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays of sets cannot be made otherwise.
    private static Uses of(Instruction instruction) {
        Mode[] modes = Mode.values();
        Uses uses = new Uses(new Set[modes.length + 1], new Set[modes.length + 1]);
        uses.reads[modes.length] = EnumSet.noneOf(Register.class);
        uses.writes[modes.length] = EnumSet.noneOf(Register.class);
        for (Mode mode : modes) {
            RegisterUse use = in(instruction, mode);
            uses.reads[mode.ordinal()] = registers(use.reads(), mode);
            uses.writes[mode.ordinal()] = registers(use.writes(), mode);
            uses.reads[modes.length].addAll(uses.reads[mode.ordinal()]);
            uses.writes[modes.length].addAll(uses.writes[mode.ordinal()]);
        }
        return uses;
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
