package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.OutsideAccess;
import dev.hyptrace.replayer.probe.Ending.Kind;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Steps from the Hyp vector until it is clear how a call ends. */
final class Follower implements CpuListener {
    /** A handler that takes more exceptions than this tells nothing new by them. */
    private static final int EXCEPTIONS = 4;

    private final Machine machine;
    private final Cpu cpu;
    private final Map<Integer, Instruction> handler;
    private final List<ExceptionKind> exceptions = new ArrayList<>();
    private boolean interrupted;
    private boolean returned;

    /**
     * @param handler takes the instructions that are executed in Hyp mode
     */
    Follower(Machine machine, Map<Integer, Instruction> handler) {
        this.machine = machine;
        this.cpu = machine.cpu();
        this.handler = handler;
    }

    /** What exceptions were taken on the way. */
    List<ExceptionKind> exceptions() {
        return exceptions;
    }

    /**
     * Follows.
     *
     * @param callerMode the mode the call was made in
     * @param next the address of the instruction after the HVC
     * @param isTarget whether a jump to an address leaves the handler
     * @param limit how many instructions to follow
     */
    Ending follow(int callerMode, int next, IntPredicate isTarget, long limit) {
        for (long i = 0; i < limit; i++) {
            int pc = cpu.pc;
            Optional<Instruction> instruction = instruction();
            interrupted = false;
            returned = false;
            try {
                machine.step();
            } catch (OutsideAccess access) {
                return access.isDevice()
                        ? new Ending(Kind.TOUCHES_DEVICE, (int) access.address())
                        : new Ending(Kind.CALLS_FIRMWARE, pc);
            }
            instruction.ifPresent(executed -> handler.putIfAbsent(pc, executed));
            int size = instruction.map(Instruction::size).orElse(0);
            Optional<Ending> ending = ending(pc, size, callerMode, next, isTarget);
            if (ending.isPresent()) {
                return ending.get();
            }
        }
        return new Ending(Kind.RUNS_ON, cpu.pc);
    }

    private Optional<Ending> ending(int pc, int size, int callerMode, int next, IntPredicate isTarget) {
        boolean isHyp = cpu.mode() == Mode.HYP || cpu.mode() == Mode.MON;
        if (!isHyp || returned && cpu.mode() == callerMode && cpu.pc == next) {
            boolean back = cpu.mode() == callerMode && cpu.pc == next;
            return Optional.of(new Ending(back ? Kind.RETURNS : Kind.RETURNS_ELSEWHERE, cpu.pc));
        }
        if (cpu.pc == pc) {
            return Optional.of(new Ending(Kind.SPINS, pc));
        }
        boolean jumped = !interrupted && cpu.pc != pc + size;
        return jumped && isTarget.test(cpu.pc) ? Optional.of(new Ending(Kind.ENTERS, cpu.pc)) : Optional.empty();
    }

    private Optional<Instruction> instruction() {
        try {
            return Code.at(machine, cpu.pc);
        } catch (OutsideAccess device) {
            return Optional.empty();
        }
    }

    @Override
    public void exceptionEntered(Cpu processor, ExceptionType type) {
        interrupted = true;
        if (exceptions.size() < EXCEPTIONS) {
            exceptions.add(ExceptionKind.valueOf(type.name()));
        }
    }

    @Override
    public void exceptionReturned(Cpu processor, int fromMode) {
        returned = true;
    }
}
