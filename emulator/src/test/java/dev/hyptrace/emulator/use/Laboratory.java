package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionModel;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.SystemState;
import dev.hyptrace.emulator.execution.Stepper;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.system.SystemRegisters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Executes one instruction in one state, and tells what came of it. */
final class Laboratory {
    private static final Set<QemuDeviation> NONE = EnumSet.noneOf(QemuDeviation.class);
    private static final Set<QemuDeviation> ALL = EnumSet.allOf(QemuDeviation.class);

    private final Cpu cpu = new Cpu();
    private final HashedMemory memory = new HashedMemory();
    private final Stepper stepper = new Stepper(cpu, new Untaken(), new Decoder());
    private final SystemState system = new SystemState();

    Laboratory() {
        cpu.connect(null, memory);
        cpu.setSecurityExtensions(true);
        SystemRegisters.reset(cpu);
        cpu.system.set(SystemRegister.CPACR, 0xf << 20);
        cpu.system.set(SystemRegister.NSACR, 3 << 10);
        cpu.system.set(SystemRegister.SCR, Scr.NS | Scr.HCE);
        cpu.system.set(SystemRegister.SCTLR, cpu.system.get(SystemRegister.SCTLR) | Sctlr.SW);
        cpu.system.set(SystemRegister.SCTLR, true, cpu.system.get(SystemRegister.SCTLR));
        system.copyFrom(cpu.system);
        cpu.setListener(new Refusal());
    }

    /**
     * Executes an instruction.
     *
     * @param trial the instruction, and what does not vary
     * @param slots the values of {@link Slot#ALL}
     * @param address where it stands
     * @return what came of it, or null if that is UNPREDICTABLE
     */
    Outcome run(Trial trial, int[] slots, int address) {
        prepare(trial, slots, address);
        int[] before = values();
        String exception = "";
        try {
            exception = stepper.step(trial.word(), trial.isWide())
                    .map(raised -> raised.kind().toString())
                    .orElse("");
        } catch (Stopped stopped) {
            if (stopped.unpredictable) {
                return null;
            }
            exception = "call";
        }
        int execution = cpu.cpsr() & (Psr.IT | Psr.J | Psr.T);
        return new Outcome(before, values(), address, cpu.pc, execution, exception, memory.stores);
    }

    private int[] values() {
        int[] values = new int[Slot.ALL.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Slot.ALL.get(i).get(cpu);
        }
        return values;
    }

    private void prepare(Trial trial, int[] slots, int address) {
        memory.stores.clear();
        cpu.system.copyFrom(system);
        cpu.follow(trial.likeQemu() ? ALL : NONE);
        cpu.setCpsr(trial.mode() | (trial.set().isThumb() ? Psr.T : 0) | (trial.bigEndian() ? Psr.E : 0));
        cpu.itState = trial.itState();
        cpu.pc = address;
        cpu.attention = 0;
        cpu.instructions = 0;
        for (int i = 0; i < slots.length; i++) {
            Slot.ALL.get(i).set(cpu, slots[i]);
        }
        cpu.clearExclusive();
        trial.exclusive().ifPresent(marked -> cpu.setExclusive(marked.address(), marked.value()));
    }

    /** Ends an instruction. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean unpredictable;

        private Stopped(boolean unpredictable) {
            super(null, null, false, false);
            this.unpredictable = unpredictable;
        }
    }

    /** Wants neither what is UNPREDICTABLE nor exceptions that an instruction enters by itself. */
    private static final class Refusal implements CpuListener {
        @Override
        public void unpredictable(Cpu same, String choice) {
            throw new Stopped(true);
        }

        @Override
        public void exceptionTaken(Cpu same, ExceptionType type, int address) {
            throw new Stopped(false);
        }
    }

    /** Leaves the state as it is at an exception. */
    private static final class Untaken implements ExceptionModel {
        @Override
        public void take(Cpu same, ProcessorException exception, int address, int size) {
            // What an exception writes is not the instruction's.
        }

        @Override
        public boolean takeInterrupt(Cpu same) {
            return false;
        }
    }

    /** The modes that there are. */
    static final List<Integer> MODES =
            List.of(Mode.USR, Mode.FIQ, Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.SYS, Mode.HYP, Mode.MON);
}
