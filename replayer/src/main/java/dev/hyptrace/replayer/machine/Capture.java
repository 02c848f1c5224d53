package dev.hyptrace.replayer.machine;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Collection;

/** Takes states from a processor. */
public final class Capture {
    private Capture() {}

    /** Everything that the emulator holds and knows. */
    public static State everything(Cpu cpu) {
        return only(cpu, Register.all());
    }

    /** Those of the registers that the emulator holds and knows. */
    public static State only(Cpu cpu, Collection<Register> registers) {
        State.Builder builder = State.builder();
        for (Register register : registers) {
            RegisterAccess.of(register).ifPresent(access -> {
                if (access.isKnown(cpu)) {
                    builder.known(register, access.get(cpu));
                }
            });
        }
        return builder.build();
    }

    /** R0 to R15 of the current mode, and CPSR. */
    public static State core(Cpu cpu) {
        State.Builder builder = State.builder();
        Mode mode = Mode.ofStatus(cpu.cpsr()).orElseThrow();
        for (int n = 0; n < 15; n++) {
            builder.known(mode.coreRegister(n), cpu.r[n]);
        }
        return builder.known(Register.PC, cpu.pc)
                .known(Register.CPSR, cpu.cpsr())
                .build();
    }

    /** Sets every register of a state that the emulator holds, CPSR first so that banks are those of its mode. */
    public static void restore(Cpu cpu, State state) {
        if (state.has(Register.CPSR)) {
            cpu.setCpsr((int) state.require(Register.CPSR));
        }
        for (Register register : state.registers()) {
            if (register != Register.CPSR) {
                RegisterAccess.of(register).ifPresent(access -> access.set(cpu, state.require(register)));
            }
        }
    }
}
