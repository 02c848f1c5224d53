package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.board.Checkpoint;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.exception.ExceptionCalls;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.replayer.machine.RegisterAccess;
import dev.hyptrace.replayer.probe.Ending.Kind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes calls from one checkpoint, each as if it were the first. */
final class Experiment {
    private static final int CPU_NUMBER = 0;
    private static final int HVC_SIZE = 4;

    private final Machine machine;
    private final Cpu cpu;
    private final Checkpoint checkpoint;
    private final Landing landing;
    private final int site;
    private final long limit;
    private final SortedMap<Integer, Instruction> handler = new TreeMap<>();

    /**
     * @param limit how many instructions of a handler to follow
     */
    Experiment(Machine machine, Checkpoint checkpoint, long limit) {
        this.machine = machine;
        this.cpu = machine.cpu();
        this.checkpoint = checkpoint;
        this.limit = limit;
        site = cpu.pc & -HVC_SIZE;
        landing = Landing.in(machine.memory().ram(), cpu.system.word(SystemRegister.HVBAR), site);
    }

    /** The instructions that calls so far have executed in Hyp mode. */
    SortedMap<Integer, Instruction> handler() {
        return handler;
    }

    /**
     * Makes a call; the machine is back at the checkpoint afterwards.
     *
     * @param number its number, from 1
     */
    ProbeResult run(int number, ProbeCase probeCase) {
        CpuListener before = cpu.listener();
        Follower follower = new Follower(machine, handler);
        try {
            prepare(probeCase);
            SortedMap<Long, Byte> prepared = checkpoint.changedBytes();
            State call = Capture.everything(cpu);
            boolean taken = call(probeCase);
            State vector = Capture.everything(cpu);
            Symbols symbols = new Symbols(call, vector);
            cpu.setListener(follower);
            Ending ending = taken ? follow(follower, symbols, probeCase) : new Ending(Kind.NOT_TAKEN, site);
            State end = Capture.everything(cpu);
            Changes changes =
                    new Changes(call, vector, symbols, machine.memory().ram());
            changes.registers(end, ending);
            changes.memory(prepared, checkpoint.changedBytes());
            return new ProbeResult(
                    probeCase,
                    hypercall(number, probeCase, call, vector, end, ending),
                    ending,
                    Words.of(ending, vector, end, symbols),
                    follower.exceptions(),
                    end,
                    changes.list());
        } finally {
            cpu.setListener(before);
            checkpoint.rollBack();
        }
    }

    private void prepare(ProbeCase probeCase) {
        cpu.setListener(CpuListener.NONE);
        Caller caller = probeCase.caller();
        CanarySet canaries = probeCase.canaries();
        cpu.setCpsr(caller.cpsr());
        for (Register register : CanarySet.all()) {
            set(register, canaries.value(register));
        }
        cpu.r[0] = probeCase.selector().value(landing.of(0));
        cpu.r[1] = probeCase.r1().value(landing.of(1), cpu.r[1]);
        cpu.r[2] = probeCase.r2().value(landing.of(2), cpu.r[2]);
        cpu.pc = site;
        cpu.clearExclusive();
        for (int n = 0; n <= 2; n++) {
            boolean thumb = (cpu.r[n] & 1) != 0;
            checkpoint.write(Integer.toUnsignedLong(landing.of(n)), landing.code(thumb));
        }
    }

    private void set(Register register, int value) {
        RegisterAccess.of(register).orElseThrow().set(cpu, Integer.toUnsignedLong(value));
    }

    /** Makes the HVC; answers whether it was one. */
    private boolean call(ProbeCase probeCase) {
        cpu.pc = site + HVC_SIZE;
        try {
            ExceptionCalls.hypervisorCall(cpu, site, 0, probeCase.immediate());
            return true;
        } catch (ProcessorException undefined) {
            return false;
        }
    }

    private Ending follow(Follower follower, Symbols symbols, ProbeCase probeCase) {
        return follower.follow(
                probeCase.caller().mode().encoding(),
                site + HVC_SIZE,
                pc -> symbols.target(pc).isPresent(),
                limit);
    }

    private Hypercall hypercall(int number, ProbeCase probeCase, State call, State vector, State end, Ending ending) {
        boolean enters = ending.kind() == Kind.ENTERS;
        return new Hypercall(
                number,
                CPU_NUMBER,
                OptionalInt.of(site),
                OptionalInt.of(probeCase.immediate()),
                call,
                ending.kind() == Kind.NOT_TAKEN ? State.unknown() : vector,
                ending.isLeft() ? end : State.unknown(),
                ending.kind().outcome(),
                enters ? OptionalInt.of(ending.address()) : OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
