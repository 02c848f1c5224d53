package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;

/**
 * Delivers exceptions that the recording has but that the emulator cannot come to by itself: interrupts, aborts whose
 * page tables it does not see, traps whose configuration it does not know.
 */
final class Injection {
    private final Cpu cpu;
    private final Exceptions exceptions;
    private final StepExecutor executor;

    Injection(Cpu cpu, Exceptions exceptions, StepExecutor executor) {
        this.cpu = cpu;
        this.exceptions = exceptions;
        this.executor = executor;
    }

    /** Whether what the emulator took is what was recorded. */
    static boolean agrees(ExceptionKind recorded, Optional<ExceptionType> taken) {
        return taken.isPresent()
                && (recorded == ExceptionKind.UNKNOWN
                        || recorded.name().equals(taken.get().name()));
    }

    /**
     * Delivers the exception.
     *
     * @param last the instruction before it, which a synchronous exception stopped
     * @param unknownBefore what was unknown before that instruction
     * @return whether the emulator's state is now that at the vector
     */
    boolean deliver(Event.ExceptionEntry entry, Optional<Instruction> last, int unknownBefore) {
        return switch (entry.kind()) {
            case IRQ -> interrupt(Cpu.IRQ_LINE);
            case FIQ -> interrupt(Cpu.FIQ_LINE);
            case VIRTUAL_IRQ -> interrupt(Cpu.VIRQ_LINE);
            case VIRTUAL_FIQ -> interrupt(Cpu.VFIQ_LINE);
            case UNDEFINED_INSTRUCTION -> synchronous(ProcessorException.undefined(), last, unknownBefore);
            case DATA_ABORT ->
                synchronous(
                        ProcessorException.dataAbort(address(entry, Register.DFAR, Register.HDFAR), fault(entry)),
                        last,
                        unknownBefore);
            case PREFETCH_ABORT ->
                atNextInstruction(
                        ProcessorException.prefetchAbort(address(entry, Register.IFAR, Register.HIFAR), fault(entry)));
            case HYP_TRAP ->
                entry.atVector().has(Register.HSR)
                        && synchronous(
                                ProcessorException.hypTrap(
                                        (int) entry.atVector().require(Register.HSR)),
                                last,
                                unknownBefore);
            default -> false;
        };
    }

    private boolean interrupt(int line) {
        boolean[] taken = new boolean[1];
        executor.perform(() -> {
            cpu.attention |= line;
            taken[0] = exceptions.takeInterrupt(cpu);
            cpu.attention &= ~line;
        });
        return taken[0];
    }

    private boolean synchronous(ProcessorException exception, Optional<Instruction> last, int unknownBefore) {
        if (last.isEmpty()) {
            return false;
        }
        executor.undo(unknownBefore);
        int address = cpu.pc;
        int size = last.get().size();
        executor.perform(() -> exceptions.take(cpu, exception, address, size));
        return true;
    }

    /** A fault on fetching: the instruction before it completed. */
    private boolean atNextInstruction(ProcessorException exception) {
        int address = cpu.pc;
        executor.perform(() -> exceptions.take(cpu, exception, address, cpu.thumb ? 2 : 4));
        return true;
    }

    /** Some fault that goes where the recorded one went: only stage 2 faults always go to Hyp mode. */
    private static Fault fault(Event.ExceptionEntry entry) {
        boolean toHyp = entry.to().equals(Optional.of(Mode.HYP));
        return toHyp ? new Fault(Fault.Type.TRANSLATION, 1, 0, false, true, false, 0, true) : Fault.external(false);
    }

    private int address(Event.ExceptionEntry entry, Register first, Register second) {
        Register register = entry.atVector().has(first) ? first : second;
        return entry.atVector().has(register) ? (int) entry.atVector().require(register) : cpu.pc;
    }
}
