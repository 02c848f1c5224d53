package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.replayer.machine.RegisterAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How states that have the same registers come into a processor and out of it. */
final class StateLayout {
    private static final int UNASKED = -1;
    private static final int CORE_REGISTERS = 16;

    private final State recorded;
    private final Set<Register> also;
    private final EnumSet<Register> registers;

    /** For each register of the recorded state how it is set; null for CPSR, and where the emulator does not hold it. */
    private final RegisterAccess[] puts;
    /** For each of the registers that the emulator holds how it is read. */
    private final RegisterAccess[] gets;
    /** A state that has these. */
    private final State example;
    /** The answers of {@link #coreRegisters}, by mode. */
    private final int[] cores = new int[Mode.MASK + 1];

    private final long[] values;
    private final long[] scratch;

    /**
     * Of states like one that was recorded.
     *
     * @param also what to read besides
     */
    StateLayout(State recorded, Set<Register> also) {
        this.recorded = recorded;
        this.also = also;
        this.registers = EnumSet.noneOf(Register.class);
        registers.addAll(recorded.registers());
        registers.addAll(also);
        Arrays.fill(cores, UNASKED);
        this.puts = recorded.registers().stream()
                .map(register -> register == Register.CPSR
                        ? null
                        : RegisterAccess.of(register).orElse(null))
                .toArray(RegisterAccess[]::new);
        this.gets = registers.stream()
                .flatMap(register -> RegisterAccess.of(register).stream())
                .toArray(RegisterAccess[]::new);
        State.Builder builder = State.builder();
        registers.stream()
                .filter(register -> RegisterAccess.of(register).isPresent())
                .forEach(register -> builder.known(register, 0));
        this.example = builder.build();
        this.values = new long[puts.length];
        this.scratch = new long[gets.length];
    }

    /** Whether it is that of such a state, with the same registers besides. */
    boolean isOf(State state, Set<Register> others) {
        return state.hasShapeOf(recorded) && also.equals(others);
    }

    /** The registers of the state, and those besides. */
    Set<Register> registers() {
        return registers;
    }

    /** Whether the processor knows all of them that the emulator holds, as far as it is not the current mode's. */
    boolean isAllKnown(Cpu cpu) {
        for (RegisterAccess access : gets) {
            if (!access.isKnown(cpu)) {
                return false;
            }
        }
        return true;
    }

    /** The state of the processor, all of whose registers are known. */
    State state(Cpu cpu) {
        for (int i = 0; i < gets.length; i++) {
            scratch[i] = gets[i].get(cpu);
        }
        return example.withValues(scratch);
    }

    /** Sets the processor's registers, but for CPSR, to those of a state. */
    void put(State state, Cpu cpu) {
        state.copyValues(values);
        for (int i = 0; i < puts.length; i++) {
            if (puts[i] != null) {
                puts[i].set(cpu, values[i]);
            }
        }
    }

    /** Which of R0 to R15 of a mode the state has, a bit each. */
    int coreRegisters(Mode mode) {
        int known = cores[mode.encoding()];
        if (known == UNASKED) {
            known = 0;
            for (int n = 0; n < CORE_REGISTERS; n++) {
                known |= recorded.has(mode.coreRegister(n)) ? 1 << n : 0;
            }
            cores[mode.encoding()] = known;
        }
        return known;
    }
}
