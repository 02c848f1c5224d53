package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Stepper;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** One processor that executes the blocks of a recording, each from the registers before it. */
final class BlockReplay {
    private static final int NO_REGISTER = -1;

    private final Cpu cpu = new Cpu();
    private final RecordedMemory memory = new RecordedMemory();
    private final StepExecutor executor;
    private final KnownState known;

    /** The step with registers that the block began with; null when there is none any more. */
    private Event.Step first;
    /** The state at the vector that the next step may be at. */
    private Optional<State> atVector = Optional.empty();
    /** The step that the emulator is to execute next; null when it has not begun. */
    private Event.Step pending;

    private Set<Register> extension = Set.of();
    private boolean whole;

    BlockReplay() {
        cpu.connect(Ram.of(0, 0), memory);
        executor = new StepExecutor(cpu, memory, new Stepper(cpu, new Exceptions(), new Decoder()));
        known = new KnownState(cpu, executor);
    }

    /** A step with registers. */
    void recorded(Event.Step step) {
        first = step;
        pending = null;
        boolean there = atVector.isPresent()
                && atVector.get().has(Register.PC)
                && (int) atVector.get().require(Register.PC) == step.address();
        atVector = there ? atVector : Optional.empty();
    }

    /** An event that is no step: behind it nothing follows from what came before, but from a state at a vector. */
    void other(Event event) {
        if (event instanceof Event.Note) {
            return;
        }
        first = null;
        pending = null;
        atVector = event instanceof Event.ExceptionEntry entry ? Optional.of(entry.atVector()) : Optional.empty();
    }

    /** Whether a step with registers came before, and nothing that parts the next from it. */
    boolean isInBlock() {
        return first != null;
    }

    /** Whether the last step that was given registers has all. */
    boolean isWhole() {
        return whole;
    }

    /** The registers before a step that has none, as far as they follow; empty when nothing does. */
    Optional<State> next(Event.Step step) {
        boolean begun = first != null && (pending != null || begin());
        if (!begun || !execute() || cpu.pc != step.address()) {
            first = null;
            return Optional.empty();
        }
        pending = step;
        return Optional.of(derived(step));
    }

    private boolean begin() {
        executor.forgetAll();
        boolean taken = atVector.isEmpty() || known.take(atVector.get());
        atVector = Optional.empty();
        if (!taken || !known.take(first.before())) {
            return false;
        }
        if (!first.before().has(Register.PC)) {
            known.take(State.builder().known(Register.PC, first.address()).build());
        }
        EnumSet<Register> recorded = EnumSet.noneOf(Register.class);
        first.before().registers().stream()
                .filter(register -> register.group() == Register.Group.FLOATING_POINT)
                .forEach(recorded::add);
        extension = recorded;
        pending = first;
        return true;
    }

    /** Executes the pending step; whether it is certain where that led. */
    private boolean execute() {
        if (pending.instruction().isEmpty() || !isCertain()) {
            return false;
        }
        Instruction instruction = pending.instruction().get();
        if (cpu.thumb != (instruction.set() != InstructionSet.A32)) {
            return false;
        }
        executor.execute(instruction);
        memory.forgetAll();
        int status = storeExclusiveStatus(instruction);
        if (status != NO_REGISTER) {
            executor.setUnknown(executor.unknown() | 1 << status);
        }
        return executor.notes().taken().isEmpty()
                && executor.notes().unpredictable().isEmpty()
                && isCertain();
    }

    private boolean isCertain() {
        return (executor.unknown() & (StepExecutor.PC | StepExecutor.CPSR)) == 0
                && Mode.ofStatus(cpu.cpsr()).isPresent();
    }

    /** Everything that a recorded step has, as far as it is known. */
    private State derived(Event.Step step) {
        EnumSet<Register> registers = EnumSet.of(Register.CPSR);
        Mode mode = Mode.ofStatus(cpu.cpsr()).orElseThrow();
        for (int n = 0; n < 15; n++) {
            registers.add(mode.coreRegister(n));
        }
        registers.addAll(extension);
        State state = known.state(registers);
        whole = state.size() == registers.size();
        State.Builder builder = State.builder();
        for (Register register : state.registers()) {
            builder.derived(register, state.require(register), DerivationRule.REPLAYED);
        }
        return builder.known(Register.PC, step.address()).build();
    }

    /**
     * Where STREX, STREXB, STREXH or STREXD (DDI 0406C A8.8) says whether it stored, which is the monitor's affair and not in a
     * recording; {@link #NO_REGISTER} for other instructions.
     */
    private static int storeExclusiveStatus(Instruction instruction) {
        int bits = instruction.encoding();
        if (instruction.set() == InstructionSet.A32) {
            return (bits & 0x0f90_0ff0) == 0x0180_0f90 ? bits >>> 12 & 0xf : NO_REGISTER;
        }
        if (instruction.size() == 2) {
            return NO_REGISTER;
        }
        if ((bits & 0xfff0_0000) == 0xe840_0000) {
            return bits >>> 8 & 0xf;
        }
        return (bits & 0xfff0_00c0) == 0xe8c0_0040 ? bits & 0xf : NO_REGISTER;
    }
}
