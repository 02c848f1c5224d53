package dev.hyptrace.recorder.live;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.recorder.live.FollowSummary.End;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Follows a live target and records its hypercalls: at the HVC, at the vector, through Hyp mode, and at the return.
 *
 * <p>The method. HVBAR can only be written in Hyp mode and in Monitor mode, and MVBAR in Secure state. So a processor there is
 * single-stepped, each instruction recorded, and HVBAR read at each step; when it leaves them, breakpoints are set at every
 * place of the vector tables at the HVBAR (and MVBAR) that now holds, and it runs freely, which the recording shows as a gap.
 * Hyp mode can then only be entered through a breakpoint.
 *
 * <ul>
 *   <li><b>At the HVC.</b> The first hypercall from some place is noticed at its vector. Its return address names the place,
 *       and the processor is then set back to it by writing CPSR and PC, where everything is as it was before the HVC, but for
 *       HSR, ELR_hyp and SPSR_hyp, which the exception has changed: HSR is unknown there, and the other two cannot be read
 *       outside Hyp mode anyway. The place gets a breakpoint of its own, so that at every later hypercall from there nothing
 *       at all is lost. With {@link FollowOptions#rewind} off, the state at that first HVC is derived from the vector's.
 *   <li><b>Hidden registers</b> (ELR_hyp, SPSR_hyp, SP_svc, ...) are read by injected MRS instructions: see {@code Injector}.
 *   <li><b>Long stays in Hyp mode</b>, those of a hypervisor or of a boot loader that runs in Hyp mode: after
 *       {@link FollowOptions#hypSteps} instructions the processor runs freely in Hyp mode too (earlier after entries that are no
 *       hypercalls, if those turn out to be long each time: see {@code HypBudget}), with breakpoints at the vectors,
 *       the known HVCs and the return address of the current hypercall. HVBAR is then looked at every
 *       {@code FreeRun.POLL} only, so a hypercall that is made within that time of a change to HVBAR can be missed; but
 *       not where HVBAR goes back to a value that it had before ({@code KnownBases}), as in a hypervisor that has vectors for
 *       itself and others for its guests and changes between them at each entry and exit.
 *   <li><b>Several processors</b> are stepped one at a time while the others stand still, and run together. A processor that is
 *       switched on later starts in Hyp mode unseen, and its HVBAR is learnt at the next stop of any processor.
 * </ul>
 */
public final class HypercallFollower {
    /** How long the last hypercall's return is waited for when Hyp mode runs freely. */
    private static final Duration RETURN_GRACE = Duration.ofSeconds(2);

    /** How many jumps to computed addresses are recorded with all registers during one stay in Hyp mode. */
    private static final int JUMPS = 4;

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final FollowOptions options;
    private final FollowListener listener;
    private final LiveProcessor processor;
    private final Breakpoints breakpoints;
    private final Transitions transitions;
    private final EventLog log;
    private final Progress progress;
    private final Windows windows;
    private final FreeRun freeRun;
    private final HypBudget hypBudget;
    private final KnownBases knownBases = new KnownBases();
    private final PendingCalls pending = new PendingCalls(RETURN_GRACE);
    private final SortedSet<Integer> sites = new TreeSet<>();

    /** How many more jumps to computed addresses are recorded with all registers. */
    private int jumpsLeft = JUMPS;
    /** Where the processor was set back to and which instruction it has not executed again yet. */
    private OptionalInt rewoundTo = OptionalInt.empty();
    /** Whether the next hypercall is one too many. */
    private boolean overLimit;
    /** Whether the user knows that Hyp mode runs freely. */
    private boolean freedomNoted;

    /**
     * @param client connected to a stopped target
     * @param board how it is looked at
     * @param sink takes the events
     * @param timeLimit after which the recording ends
     * @param stopRequested says, from any thread, that the recording shall end
     */
    public HypercallFollower(
            GdbClient client,
            Board board,
            FollowOptions options,
            EventSink sink,
            FollowListener listener,
            Duration timeLimit,
            BooleanSupplier stopRequested)
            throws IOException {
        this.options = options;
        this.listener = listener;
        breakpoints = new Breakpoints(board, listener::note);
        processor = new LiveProcessor(client, board, options.bases());
        transitions = new Transitions(processor);
        log = new EventLog(sink);
        progress = new Progress(listener, options.limit(), timeLimit, stopRequested);
        windows = new Windows(options.windows());
        freeRun = new FreeRun(processor, progress, () -> progress.tell(log, processor, sites));
        sites.addAll(options.sites());
        windows.openFor(options.stepsFromStart());
        hypBudget = new HypBudget(options.hypSteps());
    }

    /**
     * Records until one of the reasons to end.
     *
     * @throws GdbException when the stub fails; all events up to then have been given to the sink
     */
    public FollowSummary follow() throws IOException {
        Stop stop = processor.stop();
        End end = End.NOT_YET;
        try {
            log.accept(
                    new Event.Snapshot(stop.cpu(), "start", processor.full(stop).state()));
            while (end == End.NOT_YET) {
                stop = next(stop);
                progress.tell(log, processor, sites);
                end = isFinished() ? End.LIMIT : progress.outsideReason();
            }
            if (!log.endsInState()) {
                log.accept(new Event.Snapshot(
                        stop.cpu(), "end", processor.withSystem(stop).state()));
            }
        } catch (GdbException e) {
            if (e.kind() != GdbException.Kind.EXITED) {
                log.accept(new Event.Note(stop.cpu(), "the recording broke off: " + e.getMessage()));
                throw e;
            }
            end = End.EXITED;
        }
        return progress.summary(end, log, processor, sites);
    }

    private boolean isFinished() {
        return overLimit || progress.isLimitReached() && pending.areSettled() && !windows.isBounded();
    }

    private Stop next(Stop stop) throws IOException {
        windows.arrive(stop.pc());
        if (stop.isHvc() && progress.isLimitReached()) {
            overLimit = true;
            return stop;
        }
        if (!windows.isOpen()
                && stop.instruction().filter(InstructionKinds::isWfi).isPresent()) {
            hypBudget.spin();
        }
        boolean stepping = stop.isHvc() || windows.isOpen() || stop.mayMoveVectors() && hypBudget.isLeft();
        return stepping ? advance(stop, true) : run(stop);
    }

    // One instruction.

    private Stop advance(Stop stop, boolean record) throws IOException {
        Stop before = stop.isHvc() ? atHvc(stop) : stop;
        Stop after = step(before, record);
        Optional<Event> event = transitions.between(before, after);
        windows.step();
        hypBudget.step();
        if (event.isEmpty()) {
            return passed(before, after, record);
        }
        if (event.get() instanceof Event.ExceptionEntry entry) {
            if (!isAsynchronous(entry.kind())) {
                log.step(before.isHvc() ? withStackOf(entry, before) : before);
            }
            enter(entry, before.isHvc() ? OptionalInt.of(before.pc()) : OptionalInt.empty());
        } else {
            log.step(before);
            leave((Event.ExceptionReturn) event.get());
        }
        return after;
    }

    /** An HVC is recorded with everything that can be known, but for what the rewinding has changed. */
    private Stop atHvc(Stop stop) throws IOException {
        Stop full = processor.full(stop);
        boolean rewound = rewoundTo.isPresent() && rewoundTo.getAsInt() == stop.pc();
        rewoundTo = OptionalInt.empty();
        if (!stop.in(Mode.USR)) {
            sites.add(stop.pc());
        }
        return rewound ? full.with(full.state().toBuilder().remove(Register.HSR).build()) : full;
    }

    /** SP_hyp cannot be read outside Hyp mode, but nothing changes it before the vector. */
    private static Stop withStackOf(Event.ExceptionEntry entry, Stop before) {
        State vector = entry.atVector();
        if (before.state().has(Register.SP_HYP) || !vector.has(Register.SP_HYP)) {
            return before;
        }
        long sp = vector.require(Register.SP_HYP);
        return before.with(before.state().toBuilder()
                .derived(Register.SP_HYP, sp, DerivationRule.BANKED_FROM_NEXT_ENTRY)
                .build());
    }

    private Stop step(Stop before, boolean record) throws IOException {
        StepFlags flags = StepFlags.TIMELESS;
        if (before.isHvc()) {
            flags = StepFlags.UNDISTURBED;
        } else if (before.instruction().filter(InstructionKinds::isWfi).isPresent()) {
            flags = StepFlags.FREE;
        }
        try {
            return processor.step(before, flags);
        } catch (GdbException e) {
            if (record) {
                log.step(before);
            }
            throw e;
        }
    }

    private Stop passed(Stop before, Stop after, boolean record) throws IOException {
        if (!record) {
            return after;
        }
        log.step(before);
        if (after.pc() == before.pc() && after.state().equals(before.state()) && !windows.isOpen()) {
            hypBudget.spin();
        }
        if (isJumpAway(before, after)) {
            jumpsLeft--;
            return processor.full(after);
        }
        boolean system =
                before.instruction().filter(InstructionKinds::writesCoprocessor).isPresent();
        return system ? processor.withSystem(after) : after;
    }

    /** Whether Hyp mode goes on at an address that came from a register or memory: perhaps in another program. */
    private boolean isJumpAway(Stop before, Stop after) {
        return jumpsLeft > 0
                && after.in(Mode.HYP)
                && after.pc() != before.following()
                && before.instruction().filter(InstructionKinds::isFixed).isEmpty();
    }

    private static boolean isAsynchronous(ExceptionKind kind) {
        return kind == ExceptionKind.IRQ || kind == ExceptionKind.FIQ;
    }

    // Into and out of Hyp mode.

    private void enter(Event.ExceptionEntry entry, OptionalInt site) throws IOException {
        log.accept(entry);
        if (entry.to().filter(mode -> mode == Mode.HYP || mode == Mode.MON).isEmpty()) {
            return;
        }
        hypBudget.enter(entry.kind() == ExceptionKind.HYPERVISOR_CALL);
        jumpsLeft = JUMPS;
        breakpoints.forgive();
        if (entry.kind() == ExceptionKind.HYPERVISOR_CALL) {
            State vector = entry.atVector();
            pending.begin(vector);
            progress.hypercall(site.isPresent() ? site : CallState.site(vector), CallState.immediate(vector));
        }
    }

    private void leave(Event.ExceptionReturn event) throws IOException {
        log.accept(event);
        hypBudget.leave();
        boolean wasPending = !pending.isEmpty();
        pending.end(event);
        if (wasPending && pending.isEmpty()) {
            windows.openFor(options.stepsAfterReturn());
        }
    }

    // Running freely.

    private Stop run(Stop stop) throws IOException {
        knownBases.see(processor.vectorBases());
        Set<Integer> places = places();
        if (places.contains(stop.pc()) || breakpoints.contains(stop.pc() & ~3)) {
            return advance(stop, false);
        }
        breakpoints.arm(places);
        log.gap(stop.cpu(), "the processor ran freely from " + Hex.word(stop.pc()));
        pending.leaveAlone();
        if (stop.mayMoveVectors() && !freedomNoted) {
            freedomNoted = true;
            listener.note(
                    "Hyp mode runs freely after " + options.hypSteps() + " instructions, or where it waits: HVBAR is"
                            + " then looked at every " + FreeRun.POLL.toMillis() + " ms");
        }
        boolean look = stop.mayMoveVectors() || processor.isMany() || !pending.areSettled();
        return arrived(freeRun.run(look ? FreeRun.POLL : FOR_EVER));
    }

    /** Where the target must stop, what a hypercall needs first: a board has few breakpoints. */
    private Set<Integer> places() {
        Set<Integer> places = new LinkedHashSet<>(pending.addresses());
        places.addAll(Vectors.calls(knownBases.all()));
        places.addAll(sites);
        places.addAll(windows.starts());
        places.addAll(Vectors.entries(knownBases.all()));
        return places;
    }

    private Stop arrived(Stop stop) throws IOException {
        if (stop.in(Mode.HYP) && stop.isAtEntry(Register.HVBAR) && breakpoints.contains(stop.pc())) {
            return atVector(stop);
        }
        if (stop.in(Mode.MON) && stop.isAtEntry(Register.MVBAR)) {
            State state = processor.full(stop).state();
            enter(entry(stop, Mode.MON, Optional.empty(), state), OptionalInt.empty());
        } else if (pending.isReturn(stop)) {
            State state = processor.full(stop).state();
            leave(new Event.ExceptionReturn(
                    stop.cpu(), Optional.of(Mode.HYP), stop.state().mode(), state));
        } else if (sites.contains(stop.pc()) && !stop.isHvc()) {
            breakpoints.countFalseStop(stop.pc());
        } else {
            knownBases.countStop(stop.pc());
        }
        return stop;
    }

    private static Event.ExceptionEntry entry(Stop stop, Mode to, Optional<Mode> from, State state) {
        return new Event.ExceptionEntry(stop.cpu(), Vectors.kind(to, state), from, Optional.of(to), state);
    }

    /** Hyp mode was entered from free running: by a hypercall, or by an interrupt or trap, of which less is recorded. */
    private Stop atVector(Stop stop) throws IOException {
        Stop exposed = processor.withSystem(stop);
        State saved = processor.withHidden(exposed, List.of(Register.ELR_HYP, Register.SPSR_HYP));
        boolean hypercall = Vectors.kind(Mode.HYP, saved) == ExceptionKind.HYPERVISOR_CALL;
        boolean returnKnown = saved.has(Register.ELR_HYP) && saved.has(Register.SPSR_HYP);
        if (hypercall && returnKnown && options.rewind() && processor.canRewind()) {
            return rewind(saved);
        }
        State vector = hypercall ? processor.full(stop).state() : saved;
        if (hypercall && returnKnown) {
            sites.add(CallState.site(vector).orElseThrow());
            log.step(new Stop(stop.cpu(), CallState.derive(vector), Optional.of(CallState.instruction(vector))));
        }
        Optional<Mode> from =
                vector.has(Register.SPSR_HYP) ? Mode.ofStatus(vector.require(Register.SPSR_HYP)) : Optional.empty();
        enter(entry(stop, Mode.HYP, from, vector), OptionalInt.empty());
        return stop;
    }

    private Stop rewind(State vector) throws IOException {
        int site = CallState.site(vector).orElseThrow();
        sites.add(site);
        int status = (int) vector.require(Register.SPSR_HYP);
        Stop stop = processor.set(site, status);
        boolean unreadable = stop.instruction().isEmpty();
        if (stop.pc() != site || (int) stop.cpsr() != status || !unreadable && !stop.isHvc()) {
            throw new GdbException(
                    GdbException.Kind.REFUSED,
                    processor.name(),
                    "does not set the processor back to the HVC at " + Hex.word(site) + " (record without rewinding)");
        }
        rewoundTo = OptionalInt.of(site);
        return unreadable ? new Stop(stop.cpu(), stop.state(), Optional.of(CallState.instruction(vector))) : stop;
    }
}
