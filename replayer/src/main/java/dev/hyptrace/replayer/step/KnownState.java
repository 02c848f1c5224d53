package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.replayer.machine.RegisterAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.Set;

/** The emulator's state as a recording has states: what is known of it. */
final class KnownState {
    private static final int CORE = 0x7fff;

    private final Cpu cpu;
    private final StepExecutor executor;
    /** What was taken over last, and what was asked for last: a recording has few shapes, in long runs. */
    private StateLayout taken = new StateLayout(State.unknown(), Set.of());

    private StateLayout asked = taken;

    KnownState(Cpu cpu, StepExecutor executor) {
        this.cpu = cpu;
        this.executor = executor;
    }

    /** What is known of the registers that a recorded state has, and of others. */
    State state(State recorded, Set<Register> also) {
        if (!asked.isOf(recorded, also)) {
            asked = new StateLayout(recorded, also);
        }
        return executor.unknown() == 0 && asked.isAllKnown(cpu) ? asked.state(cpu) : state(asked.registers());
    }

    /** What is known of these registers. */
    State state(Set<Register> registers) {
        State.Builder builder = State.builder();
        int unknown = executor.unknown();
        Mode mode = Mode.ofStatus(cpu.cpsr()).orElseThrow();
        for (Register register : registers) {
            Optional<RegisterAccess> access = RegisterAccess.of(register);
            if (access.isPresent() && isKnown(register, access.get(), mode, unknown)) {
                builder.known(register, access.get().get(cpu));
            }
        }
        return builder.build();
    }

    private boolean isKnown(Register register, RegisterAccess access, Mode mode, int unknown) {
        if (unknown != 0) {
            if (register == Register.PC) {
                return (unknown & StepExecutor.PC) == 0;
            }
            if (register == Register.CPSR) {
                return (unknown & StepExecutor.CPSR) == 0;
            }
            for (int bits = unknown & CORE; bits != 0; bits &= bits - 1) {
                if (mode.coreRegister(Integer.numberOfTrailingZeros(bits)) == register) {
                    return false;
                }
            }
        }
        return access.isKnown(cpu);
    }

    /**
     * Takes a recorded state over; what it does not have stays as it is.
     *
     * @return false, with nothing taken over, when its CPSR holds no mode
     */
    boolean take(State recorded) {
        if (recorded.has(Register.CPSR)) {
            int psr = (int) recorded.require(Register.CPSR);
            if (Mode.ofStatus(psr).isEmpty()) {
                return false;
            }
            executor.changeStatus(psr);
        }
        if (!taken.isOf(recorded, Set.of())) {
            taken = new StateLayout(recorded, Set.of());
        }
        Mode mode = Mode.ofStatus(cpu.cpsr()).orElseThrow();
        executor.setUnknown(executor.unknown() & ~taken.coreRegisters(mode));
        taken.put(recorded, cpu);
        return true;
    }
}
