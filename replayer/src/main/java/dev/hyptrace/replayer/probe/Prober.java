package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.board.Checkpoint;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.replayer.probe.Occupant.Installation;
import dev.hyptrace.replayer.probe.Occupant.Moment;
import dev.hyptrace.replayer.probe.Occupant.Vectors;
import dev.hyptrace.replayer.probe.Watch.Use;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Runs a machine and probes each occupant of HVBAR as soon as it can be called: when Hyp mode is left after HVBAR was written,
 * or has kept running for long, when HVBAR is about to be written again, and before the first HVC. By then the code at HVBAR may
 * be another: a zImage that moves itself sets HVBAR to the copy before it makes it.
 *
 * <p>The same table at the same place is probed once, and one that is all zero not at all. The run itself goes on as it would
 * without probes, to the last instruction.
 */
public final class Prober {
    /** Instructions between two looks at the limits and the progress listener. */
    private static final long SLICE = 50_000_000;

    /** An occupant that is still not left after so many instructions is at home in Hyp mode. */
    private static final long SETTLED = 1_000_000;

    private final Machine machine;
    private final Cpu cpu;
    private final Limits limits;
    private final List<ProbeCase> cases;
    private final Set<Vectors> known = new HashSet<>();
    private final List<ProbeReport> reports = new ArrayList<>();
    private Watch watch;
    private LongConsumer progress = instructions -> {};
    /** The last write to HVBAR, until its occupant has been called. */
    private Installation pending;

    private boolean inUse;
    private long lastNews;

    /**
     * When to stop.
     *
     * @param occupants after this many occupants
     * @param instructions after this many instructions since reset
     * @param idle when no occupant has been found for this many instructions
     * @param handler give up a call of which this many instructions were followed in Hyp mode
     */
    public record Limits(int occupants, long instructions, long idle, long handler) {
        /** All there are, for as long as the guest runs. */
        public static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000);

        public Limits withOccupants(int count) {
            return new Limits(count, instructions, idle, handler);
        }

        public Limits withInstructions(long count) {
            return new Limits(occupants, count, idle, handler);
        }

        public Limits withIdle(long count) {
            return new Limits(occupants, instructions, count, handler);
        }
    }

    /** Why a run ended. */
    public enum End {
        OCCUPANTS,
        INSTRUCTIONS,
        IDLE,
        POWERED_OFF
    }

    /**
     * What a run gave.
     *
     * @param reports a report for each occupant, in the order of their checkpoints
     * @param end why it ended
     */
    public record Result(List<ProbeReport> reports, End end) {
        public Result {
            reports = List.copyOf(reports);
        }
    }

    /** Tries the standard matrix on a machine that has an image booted. */
    public Prober(Machine machine, Limits limits) {
        this(machine, limits, ProbeMatrix.standard());
    }

    /** Tries these calls on a machine that has an image booted. */
    public Prober(Machine machine, Limits limits, List<ProbeCase> cases) {
        this.machine = machine;
        this.cpu = machine.cpu();
        this.limits = limits;
        this.cases = List.copyOf(cases);
    }

    /** Told now and then how many instructions have been executed. */
    public void onProgress(LongConsumer listener) {
        progress = listener;
    }

    /** Runs and probes until a limit is met or the guest switches off. The machine is left where the run ended. */
    public Result run() {
        CpuListener before = cpu.listener();
        watch = new Watch(before);
        cpu.setListener(watch);
        lastNews = cpu.instructions;
        try {
            End end = null;
            while (end == null) {
                go();
                progress.accept(cpu.instructions);
                end = end();
            }
            return new Result(reports, end);
        } finally {
            cpu.setListener(before);
        }
    }

    private End end() {
        if (reports.size() >= limits.occupants) {
            return End.OCCUPANTS;
        }
        if (machine.isPoweredOff()) {
            return End.POWERED_OFF;
        }
        if (cpu.instructions >= limits.instructions) {
            return End.INSTRUCTIONS;
        }
        return cpu.instructions - lastNews >= limits.idle ? End.IDLE : null;
    }

    /** Runs to the next thing to look at, and does what is to be done there. */
    private void go() {
        long slice = Math.min(SLICE, isExpected() ? SETTLED : limits.idle);
        machine.run(Math.min(limits.instructions, cpu.instructions + slice));
        cpu.takeStopRequest();
        if (machine.isPoweredOff()) {
            return;
        }
        boolean write = watch.takeWrite(cpu);
        boolean settled = isExpected() && cpu.instructions - pending.instructions() >= SETTLED;
        if (pending != null && (write || watch.isMet() || settled)) {
            probe(pending);
            boolean called = write || inUse;
            inUse = true;
            pending = called ? null : pending;
            watch.expect(called ? Use.NONE : Use.CALL);
        }
        if (write && reports.size() < limits.occupants) {
            install();
        }
    }

    /** Whether an occupant is in place that has not been probed since. */
    private boolean isExpected() {
        return pending != null && !inUse;
    }

    /** Executes the write to HVBAR that comes next. */
    private void install() {
        Mode mode = Mode.ofStatus(cpu.cpsr()).orElseThrow();
        Installation installation = new Installation(cpu.pc, mode, cpu.instructions);
        watch.let();
        machine.step();
        if (!watch.takeLet()) {
            pending = installation;
            inUse = false;
            watch.expect(Use.CALL_OR_LEAVE);
        }
    }

    private void probe(Installation installation) {
        try (Checkpoint checkpoint = machine.checkpoint()) {
            Vectors vectors = Code.vectors(machine, checkpoint);
            if (vectors.isPresent() && known.add(vectors)) {
                reports.add(probe(installation, vectors, checkpoint));
                lastNews = cpu.instructions;
            }
        }
    }

    private ProbeReport probe(Installation installation, Vectors vectors, Checkpoint checkpoint) {
        State state = Capture.everything(cpu);
        Moment moment = new Moment(cpu.instructions, state);
        Experiment experiment = new Experiment(machine, checkpoint, limits.handler);
        List<ProbeResult> results = new ArrayList<>();
        for (ProbeCase probeCase : cases) {
            results.add(experiment.run(results.size() + 1, probeCase));
        }
        Occupant occupant = new Occupant(reports.size() + 1, vectors, installation, moment, experiment.handler());
        return new ProbeReport(occupant, results);
    }
}
