package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/**
 * Delivers exceptions that the recording has but that the emulator cannot come to by itself: interrupts, aborts whose
 * page tables it does not see, traps whose configuration it does not know.
 */
final class Injection {
    private static final int STAGE_2_TRANSLATION_LEVEL_1 = 5;
    private static final int CM = 1 << 8;
    private static final int S1PTW = 1 << 7;
    private static final int WNR = 1 << 6;

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
                forgettingIpa(
                        entry,
                        synchronous(
                                ProcessorException.dataAbort(
                                        address(entry, Register.DFAR, Register.HDFAR), fault(entry)),
                                last,
                                unknownBefore));
            case PREFETCH_ABORT ->
                forgettingIpa(
                        entry,
                        atNextInstruction(ProcessorException.prefetchAbort(
                                address(entry, Register.IFAR, Register.HIFAR), fault(entry))));
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
        executor.performAt(last.get(), () -> exceptions.take(cpu, exception, address, size));
        return true;
    }

    /** A fault on fetching: the instruction before it completed. */
    private boolean atNextInstruction(ProcessorException exception) {
        int address = cpu.pc;
        executor.perform(() -> exceptions.take(cpu, exception, address, cpu.thumb ? 2 : 4));
        return true;
    }

    /** No translation table says which intermediate physical address it was. */
    private boolean forgettingIpa(Event.ExceptionEntry entry, boolean delivered) {
        if (isToHyp(entry)) {
            cpu.system.forget(SystemRegister.HPFAR, false);
        }
        return delivered;
    }

    private static boolean isToHyp(Event.ExceptionEntry entry) {
        return entry.to().equals(Optional.of(Mode.HYP));
    }

    /**
     * Some fault that goes where the recorded one went: only stage 2 faults always go to Hyp mode. What made the access fail
     * is its environment's business and taken from the recorded syndrome.
     */
    private static Fault fault(Event.ExceptionEntry entry) {
        if (!isToHyp(entry)) {
            return Fault.external(false);
        }
        State state = entry.atVector();
        int syndrome = state.has(Register.HSR) ? (int) state.require(Register.HSR) : STAGE_2_TRANSLATION_LEVEL_1;
        boolean write = (syndrome & WNR) != 0;
        boolean onTableWalk = (syndrome & S1PTW) != 0;
        boolean maintenance = (syndrome & CM) != 0;
        int level = syndrome & 3;
        return new Fault(type(syndrome >>> 2 & 0xf), level, 0, write, true, onTableWalk, 0, true, maintenance);
    }

    /** DDI 0406C B3.13.3, the long-descriptor format's status codes: the bits above the level. */
    private static Fault.Type type(int status) {
        return switch (status) {
            case 2 -> Fault.Type.ACCESS_FLAG;
            case 3 -> Fault.Type.PERMISSION;
            default -> Fault.Type.TRANSLATION;
        };
    }

    private int address(Event.ExceptionEntry entry, Register first, Register second) {
        Register register = entry.atVector().has(first) ? first : second;
        return entry.atVector().has(register) ? (int) entry.atVector().require(register) : cpu.pc;
    }
}
