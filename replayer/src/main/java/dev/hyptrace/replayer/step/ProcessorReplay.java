package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Stepper;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.replayer.ReplayedEvent.Cause;
import dev.hyptrace.replayer.ReplayedEvent.Kind;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The replay of one processor's events. */
final class ProcessorReplay {
    /** What is worth predicting at a hypercall even where the recording does not hold it. */
    private static final Set<Register> AT_HYPERCALL =
            EnumSet.of(Register.CPSR, Register.SPSR_HYP, Register.ELR_HYP, Register.HVBAR, Register.HSR);

    /** What an interrupt leaves alone, whatever mode it goes to. */
    private static final Set<Register> NOT_BANKED = EnumSet.range(Register.R0, Register.R7);

    private static final Cause UNLOGGED = new Cause(
            Kind.SOURCE_DEVIATION,
            "registers that an interrupt leaves alone have changed: instructions before it are not in the recording, as in a"
                    + " log that is filtered by address (QEMU's -dfilter)");

    private final Cpu cpu = new Cpu();
    private final RecordedMemory memory = new RecordedMemory();
    private final Exceptions exceptions = new Exceptions();
    private final StepExecutor executor;
    private final KnownState known;
    private final Snapshot ahead = new Snapshot();
    private final Injection injection;

    /** Whether the emulator's state follows from the events so far. */
    private boolean chained;
    /** What the emulator would say of the next event if it had kept its own state at a divergence. */
    private State unsynchronised;

    private Optional<Cause> cause = Optional.empty();
    private int unknownBeforeStep;
    private Optional<Instruction> lastInstruction = Optional.empty();

    ProcessorReplay() {
        cpu.connect(Ram.of(0, 0), memory);
        executor = new StepExecutor(cpu, memory, new Stepper(cpu, exceptions, new Decoder()));
        known = new KnownState(cpu, executor);
        injection = new Injection(cpu, exceptions, executor);
    }

    ReplayedEvent replay(Event event, long stepIndex) {
        if (event instanceof Event.Step step) {
            return step(step, stepIndex);
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return entry(entry, stepIndex);
        }
        if (event instanceof Event.ExceptionReturn exceptionReturn) {
            return observe(event, exceptionReturn.after(), Set.of(), stepIndex);
        }
        if (event instanceof Event.Snapshot snapshot) {
            return observe(event, snapshot.state(), Set.of(), stepIndex);
        }
        if (event instanceof Event.Gap) {
            breakChain();
        }
        return new ReplayedEvent(event, stepIndex, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private ReplayedEvent step(Event.Step step, long stepIndex) {
        boolean hvc = step.instruction().filter(Instruction::isHvc).isPresent();
        State before = withAddress(step);
        Optional<State> predicted = predict(before, hvc ? AT_HYPERCALL : Set.of());
        ReplayedEvent replayed =
                new ReplayedEvent(step, stepIndex, predicted, Optional.ofNullable(unsynchronised), cause);
        unsynchronised = null;
        cause = Optional.empty();
        boolean diverged = predicted.isPresent() && differs(before, predicted.get());
        if (diverged) {
            ahead.take(cpu, true);
        }
        int unknownAhead = executor.unknown();
        synchronise(before);
        if (!canExecute(step)) {
            chained = false;
            return replayed;
        }
        Instruction instruction = step.instruction().orElseThrow();
        lastInstruction = step.instruction();
        if (diverged && isSameInstructionSet(instruction)) {
            unsynchronised = executeAhead(instruction, unknownAhead);
        }
        unknownBeforeStep = executor.unknown();
        executor.execute(instruction);
        chained = true;
        noteCause();
        return replayed;
    }

    /** A step's state with its address as PC. */
    private static State withAddress(Event.Step step) {
        return step.before().has(Register.PC)
                ? step.before()
                : step.before().toBuilder().known(Register.PC, step.address()).build();
    }

    /** Executes from the emulator's own state instead of the recorded one, and returns to the recorded one. */
    private State executeAhead(Instruction instruction, int unknownAhead) {
        Snapshot recorded = new Snapshot();
        recorded.take(cpu, true);
        int unknownRecorded = executor.unknown();
        ahead.restore(cpu);
        executor.setUnknown(unknownAhead);
        executor.execute(instruction);
        State result = state(EnumSet.allOf(Register.class));
        recorded.restore(cpu);
        executor.setUnknown(unknownRecorded);
        return result;
    }

    private boolean isSameInstructionSet(Instruction instruction) {
        return ((ahead.cpsr() & 1 << 5) != 0) == (instruction.set() != InstructionSet.A32);
    }

    private void noteCause() {
        Optional<String> choice = executor.notes().unpredictable();
        if (choice.isPresent()) {
            cause = Optional.of(new Cause(Kind.UNPREDICTABLE, choice.get()));
        }
    }

    private boolean canExecute(Event.Step step) {
        return step.instruction().isPresent()
                && (executor.unknown() & (StepExecutor.CPSR | StepExecutor.PC)) == 0
                && cpu.thumb == (step.instruction().get().set() != InstructionSet.A32);
    }

    // ---- exceptions
    // ---------------------------------------------------------------------------------------------------

    private ReplayedEvent entry(Event.ExceptionEntry entry, long stepIndex) {
        Optional<ExceptionType> taken = executor.notes().taken();
        if (chained && !Injection.agrees(entry.kind(), taken)) {
            chained = injection.deliver(entry, lastInstruction, unknownBeforeStep);
        }
        executor.notes().clear();
        boolean unlogged = chained && isInterrupt(entry.kind()) && coreDiffers(entry.atVector());
        cause = unlogged ? Optional.of(UNLOGGED) : cause;
        ReplayedEvent replayed = observe(entry, entry.atVector(), AT_HYPERCALL, stepIndex);
        if (unlogged) {
            breakChain();
        }
        return replayed;
    }

    private static boolean isInterrupt(ExceptionKind kind) {
        return switch (kind) {
            case IRQ, FIQ, VIRTUAL_IRQ, VIRTUAL_FIQ -> true;
            default -> false;
        };
    }

    /** Whether a register that an interrupt leaves alone has another value at the vector than before it. */
    private boolean coreDiffers(State atVector) {
        State predicted = state(NOT_BANKED);
        return differs(atVector, predicted);
    }

    /** An event that holds a state but executes nothing. */
    private ReplayedEvent observe(Event event, State recorded, Set<Register> also, long stepIndex) {
        Optional<State> predicted = predict(recorded, also);
        ReplayedEvent replayed =
                new ReplayedEvent(event, stepIndex, predicted, Optional.ofNullable(unsynchronised), cause);
        synchronise(recorded);
        return replayed;
    }

    // ---- states
    // ---------------------------------------------------------------------------------------------------------

    private Optional<State> predict(State recorded, Set<Register> also) {
        if (!chained) {
            return Optional.empty();
        }
        State predicted = known.state(recorded, also);
        return Optional.of(isStatusKnownInPart(recorded) ? withStatus(predicted, recorded) : predicted);
    }

    /** Whether CPSR is unknown in other bits than the mode's, as T and E are after an exception while SCTLR is unknown. */
    private boolean isStatusKnownInPart(State recorded) {
        return (executor.unknown() & StepExecutor.CPSR) != 0
                && (executor.unknownStatus() & Mode.MASK) == 0
                && recorded.has(Register.CPSR);
    }

    /** Takes the unknown bits of CPSR over from the recording, so that the others can be compared. */
    private State withStatus(State known, State recorded) {
        int taken = executor.unknownStatus();
        int status = cpu.cpsr() & ~taken | (int) recorded.require(Register.CPSR) & taken;
        return known.toBuilder().known(Register.CPSR, status).build();
    }

    private State state(Set<Register> registers) {
        return known.state(registers);
    }

    /** Takes the recorded state over. */
    private void synchronise(State recorded) {
        if (!known.take(recorded)) {
            breakChain();
        }
    }

    private static boolean differs(State recorded, State predicted) {
        if (recorded.equals(predicted)) {
            return false;
        }
        for (Register register : predicted.registers()) {
            if (recorded.isKnown(register) && recorded.require(register) != predicted.require(register)) {
                return true;
            }
        }
        return false;
    }

    private void breakChain() {
        chained = false;
        unsynchronised = null;
        cause = Optional.empty();
        executor.forgetAll();
    }
}
