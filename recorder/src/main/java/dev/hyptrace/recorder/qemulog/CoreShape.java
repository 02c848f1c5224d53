package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.stream.IntStream;

/** The states that hold R0 to R15 and CPSR in one mode, and nothing else: nearly all of those in a log. */
final class CoreShape {
    /** How many values such a state has. */
    static final int VALUES = 17;

    private static final int STATUS = VALUES - 1;

    private final State example;
    /** For each value of the state which Rn it is, or {@link #STATUS}. */
    private final int[] sources;

    /** @param bank the register that each Rn is */
    CoreShape(Register[] bank) {
        State.Builder builder = State.builder().known(Register.CPSR, 0);
        for (Register register : bank) {
            builder.known(register, 0);
        }
        example = builder.build();
        List<Register> cores = List.of(bank);
        sources = example.registers().stream()
                .mapToInt(register -> register == Register.CPSR ? STATUS : cores.indexOf(register))
                .toArray();
        if (IntStream.of(sources).distinct().count() != VALUES) {
            throw new IllegalArgumentException(cores + " are not " + STATUS + " registers");
        }
    }

    /** @param scratch room for {@link #VALUES} values */
    State state(int[] core, int psr, long[] scratch) {
        for (int i = 0; i < VALUES; i++) {
            int source = sources[i];
            scratch[i] = Integer.toUnsignedLong(source == STATUS ? psr : core[source]);
        }
        return example.withValues(scratch);
    }
}
