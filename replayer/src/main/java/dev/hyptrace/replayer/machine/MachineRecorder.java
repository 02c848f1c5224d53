package dev.hyptrace.replayer.machine;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.exception.ExceptionCalls;
import dev.hyptrace.emulator.execution.InstructionListener;
import dev.hyptrace.emulator.system.SystemRegisters;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/**
 * Runs a machine and records its hypercalls: the whole state at the HVC, at the vector and at the return, and every
 * instruction in Hyp mode between; or every instruction of the run.
 */
public final class MachineRecorder {
    private static final int CPU = 0;

    /** Instructions between two looks at the limits and the progress listener. */
    private static final long SLICE = 50_000_000;

    /** The same when each instruction is recorded. */
    private static final long TRACED_SLICE = 5_000_000;

    /** So many jumps of a handler are recorded with all registers: one of them may enter another payload. */
    private static final int JUMPS = 32;

    /** What is recorded of an interrupt between hypercalls: where it was taken, and which timer can have raised it. */
    private static final List<Register> INTERRUPT = List.of(
            Register.PC,
            Register.CPSR,
            Register.ELR_HYP,
            Register.SPSR_HYP,
            Register.CNTPCT,
            Register.CNTP_CTL,
            Register.CNTV_CTL,
            Register.CNTHP_CTL);

    private static final RegisterAccess HVBAR =
            RegisterAccess.of(Register.HVBAR).orElseThrow();

    private final Machine machine;
    private final Cpu cpu;
    private final Limits limits;
    private final EventSink sink;
    private LongConsumer progress = instructions -> {};
    private IntPredicate hasCode = address -> true;
    private Optional<Instruction> injected = Optional.empty();
    private int hypercalls;
    private boolean recording;
    private boolean interruptsWanted;
    private long timeAtHypercalls;
    private StepRows rows;
    private int rowsMode;

    /**
     * When to stop.
     *
     * @param hypercalls after this many hypercalls have ended
     * @param instructions after this many instructions since reset
     * @param hypInstructions leave a hypercall that has executed this many instructions in Hyp mode
     * @param steps whether to record every instruction and not only those of hypercalls
     */
    public record Limits(long hypercalls, long instructions, long hypInstructions, boolean steps) {}

    /** Why a recording ended. */
    public enum End {
        HYPERCALLS,
        INSTRUCTIONS,
        POWERED_OFF
    }

    public MachineRecorder(Machine machine, Limits limits, EventSink sink) {
        this.machine = machine;
        this.cpu = machine.cpu();
        this.limits = limits;
        this.sink = sink;
    }

    /** Told now and then how many instructions have been executed. */
    public void onProgress(LongConsumer listener) {
        progress = listener;
    }

    /** Has interrupts recorded that are taken to Hyp mode between hypercalls, too: as entries with little of the state. */
    public void recordInterrupts() {
        interruptsWanted = true;
    }

    /** Has time go on by so many instructions at each hypercall, as it does for a guest that is stopped there. */
    public void passTimeAtHypercalls(long instructions) {
        timeAtHypercalls = instructions;
    }

    /** Says at which addresses there is code; a hypercall that leaves it is not followed any further. */
    public void followOnlyWhere(IntPredicate predicate) {
        hasCode = predicate;
    }

    /**
     * Records one hypercall that is made in the processor's present state, whether or not memory holds the instruction.
     *
     * @param address the address of the HVC
     * @param hvc the HVC
     */
    public void recordHypercall(int address, Instruction hvc) throws IOException {
        CpuListener before = cpu.listener();
        cpu.setListener(new Listener());
        injected = Optional.of(hvc);
        try {
            cpu.pc = address + hvc.size();
            ExceptionCalls.hypervisorCall(cpu, address, cpu.itState, hvc.hvcImmediate());
            injected = Optional.empty();
            followHypercall();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            injected = Optional.empty();
            cpu.setListener(before);
        }
    }

    /** Runs and records until a limit is met or the guest switches off. */
    public End record() throws IOException {
        CpuListener before = cpu.listener();
        cpu.setListener(new Listener());
        try {
            return loop();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            cpu.setListener(before);
        }
    }

    private End loop() throws IOException {
        while (true) {
            if (machine.isPoweredOff()) {
                return End.POWERED_OFF;
            }
            if (hypercalls >= limits.hypercalls && !recording) {
                return End.HYPERCALLS;
            }
            if (cpu.instructions >= limits.instructions) {
                return End.INSTRUCTIONS;
            }
            if (recording) {
                followHypercall();
            } else if (limits.steps && sink instanceof StepSink) {
                machine.run(Math.min(limits.instructions, cpu.instructions + TRACED_SLICE), this::traced);
                sendRows();
                cpu.takeStopRequest();
            } else if (limits.steps) {
                step(stepState());
            } else {
                machine.run(Math.min(limits.instructions, cpu.instructions + SLICE));
                cpu.takeStopRequest();
            }
            progress.accept(cpu.instructions);
        }
    }

    /** Steps from the vector until Hyp mode is left, for as long as the limit allows. */
    private void followHypercall() throws IOException {
        cpu.instructions += timeAtHypercalls;
        cpu.attention |= Cpu.DEADLINE;
        long end = Math.min(cpu.instructions + limits.hypInstructions, limits.instructions);
        int jumps = 0;
        int next = cpu.pc;
        while (recording
                && cpu.mode() == Mode.HYP
                && cpu.instructions < end
                && hasCode.test(cpu.pc)
                && !machine.isPoweredOff()) {
            boolean jumped = cpu.pc != next && jumps++ < JUMPS;
            next = step(jumped ? everything() : stepState());
        }
        if (recording) {
            recording = false;
            sink.accept(new Event.Step(CPU, cpu.pc, Optional.empty(), stepState(), List.of()));
            sink.accept(new Event.Gap(CPU, "still in Hyp mode at " + Hex.word(cpu.pc) + "; not followed any further"));
        } else if (!limits.steps) {
            sink.accept(new Event.Gap(CPU, "between hypercalls"));
        }
        cpu.takeStopRequest();
    }

    /** Records the instruction, unless that is left to the exception it takes, and executes it; answers what follows it. */
    private int step(State before) throws IOException {
        if (machine.takeInterrupt()) {
            return cpu.pc;
        }
        Optional<Instruction> instruction = instructionAt(cpu.pc);
        if (instruction.filter(Instruction::isHvc).isEmpty()) {
            sink.accept(new Event.Step(CPU, cpu.pc, instruction, before, List.of()));
        }
        int following = cpu.pc + instruction.map(Instruction::size).orElse(0);
        machine.step();
        return following;
    }

    /** Records an instruction in the fastest way; an HVC is left to the exception that it takes. */
    private void traced(int address, int word, int size) {
        InstructionSet set = cpu.thumb ? InstructionSet.T32 : InstructionSet.A32;
        if (size == InstructionListener.NONE) {
            accept(new Event.Step(CPU, address, Optional.empty(), stepState(), List.of()));
            return;
        }
        if (Instruction.isHvc(word, set, size)) {
            return;
        }
        if (rows == null || rows.isFull() || rowsMode != cpu.mode()) {
            beginRows();
        }
        int at = rows.add(address, word, set, size);
        int[] values = rows.values();
        System.arraycopy(cpu.r, 0, values, at, 15);
        values[at + 15] = address;
        values[at + 16] = cpu.cpsr();
        if (rows.width() > 17) {
            values[at + 17] = (int) HVBAR.get(cpu);
        }
    }

    private void beginRows() {
        sendRows();
        rowsMode = cpu.mode();
        rows = ((StepSink) sink).rows(CPU, stepState().registers());
    }

    private void sendRows() {
        if (rows != null) {
            StepRows sent = rows;
            rows = null;
            try {
                ((StepSink) sink).accept(sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept(Event event) {
        sendRows();
        try {
            sink.accept(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The core registers, and HVBAR, which an instruction in Hyp mode may change. */
    private State stepState() {
        State core = Capture.core(cpu);
        return cpu.mode() != Mode.HYP
                ? core
                : core.toBuilder()
                        .putAll(Capture.only(cpu, List.of(Register.HVBAR)))
                        .build();
    }

    private Optional<Instruction> instructionAt(int address) {
        return machine.fetch(address)
                .map(word -> word.isA32()
                        ? Instruction.a32(word.bits())
                        : word.isWide() ? Instruction.t32(word.bits()) : Instruction.t16(word.bits()));
    }

    private State everything() {
        SystemRegisters.refresh(cpu);
        return Capture.everything(cpu);
    }

    private final class Listener implements CpuListener {
        @Override
        public void exceptionTaken(Cpu processor, ExceptionType type, int address) {
            boolean hypercall = type == ExceptionType.HYPERVISOR_CALL;
            boolean mayBeDisabled = type == ExceptionType.UNDEFINED_INSTRUCTION && (recording || limits.steps);
            if (!hypercall && !mayBeDisabled) {
                return;
            }
            Optional<Instruction> instruction = injected.or(() -> instructionAt(address));
            if (hypercall || instruction.filter(Instruction::isHvc).isPresent()) {
                State before =
                        everything().toBuilder().known(Register.PC, address).build();
                accept(new Event.Step(CPU, address, instruction, before, List.of()));
            }
        }

        @Override
        public void exceptionEntered(Cpu processor, ExceptionType type) {
            boolean hypercall = type == ExceptionType.HYPERVISOR_CALL;
            if (hypercall) {
                hypercalls++;
                recording = true;
                processor.requestStop();
            }
            if (hypercall || limits.steps || recording) {
                accept(new Event.ExceptionEntry(
                        CPU,
                        ExceptionKind.valueOf(type.name()),
                        dev.hyptrace.traces.model.Mode.ofStatus(savedStatus()),
                        dev.hyptrace.traces.model.Mode.ofStatus(processor.mode()),
                        everything()));
            } else if (interruptsWanted && isInterrupt(type) && processor.mode() == Mode.HYP) {
                interrupted(type);
            }
        }

        private static boolean isInterrupt(ExceptionType type) {
            return type == ExceptionType.IRQ || type == ExceptionType.FIQ;
        }

        private void interrupted(ExceptionType type) {
            SystemRegisters.refresh(cpu);
            accept(new Event.ExceptionEntry(
                    CPU,
                    ExceptionKind.valueOf(type.name()),
                    dev.hyptrace.traces.model.Mode.ofStatus(savedStatus()),
                    Optional.of(dev.hyptrace.traces.model.Mode.HYP),
                    Capture.only(cpu, INTERRUPT)));
            accept(new Event.Gap(CPU, "between hypercalls"));
        }

        private int savedStatus() {
            return cpu.banks.spsr(cpu.mode());
        }

        @Override
        public void exceptionReturned(Cpu processor, int fromMode) {
            if (!recording && !limits.steps) {
                return;
            }
            accept(new Event.ExceptionReturn(
                    CPU,
                    dev.hyptrace.traces.model.Mode.ofStatus(fromMode),
                    dev.hyptrace.traces.model.Mode.ofStatus(processor.mode()),
                    everything()));
            recording &= processor.mode() == Mode.HYP;
        }
    }
}
