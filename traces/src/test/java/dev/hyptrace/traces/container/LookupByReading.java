package dev.hyptrace.traces.container;

import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Answers questions about a recording by going through all of its events: slow, and simple enough to be believed. */
final class LookupByReading implements TraceLookup {
    private static final Pattern WRITTEN_BY_EXCEPTIONS =
            Pattern.compile("CPSR|(LR|SPSR|ELR)_[a-z]+|HSR|H[DI]FAR|HPFAR|[DI]F[AS]R");

    private final List<Event> events;
    private final InstructionUse use;
    private final List<Integer> steps = new ArrayList<>();

    LookupByReading(List<Event> events, InstructionUse use) {
        this.events = events;
        this.use = use;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.Step) {
                steps.add(i);
            }
        }
    }

    int someAddress(SplittableRandom random) {
        for (int i = 0; i < 1000; i++) {
            List<MemoryAccess> accesses = accesses(steps.get(random.nextInt(steps.size())));
            if (!accesses.isEmpty()) {
                return accesses.get(0).address() + random.nextInt(5);
            }
        }
        return random.nextInt();
    }

    @Override
    public long steps() {
        return steps.size();
    }

    private static Optional<State> state(Event event) {
        if (event instanceof Event.Step step) {
            return Optional.of(step.before());
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return Optional.of(entry.atVector());
        }
        if (event instanceof Event.ExceptionReturn back) {
            return Optional.of(back.after());
        }
        return event instanceof Event.Snapshot snapshot ? Optional.of(snapshot.state()) : Optional.empty();
    }

    @Override
    public Optional<Moment> at(long number) {
        int here = steps.get((int) number);
        int cpu = events.get(here).cpu();
        Map<Register, Remembered> registers = new EnumMap<>(Register.class);
        OptionalLong gap = OptionalLong.empty();
        for (int i = 0; i <= here; i++) {
            if (events.get(i).cpu() == cpu) {
                State state = state(events.get(i)).orElse(State.unknown());
                for (Register register : state.registers()) {
                    registers.put(register, new Remembered(state.get(register), i));
                }
                registers.remove(Register.PC);
                gap = events.get(i) instanceof Event.Gap ? OptionalLong.of(i) : gap;
            }
        }
        return Optional.of(new Moment(number, here, (Event.Step) events.get(here), registers, gap));
    }

    @Override
    public Optional<Found> previousWriter(long number, Register register) {
        if (register == Register.PC) {
            return Optional.empty();
        }
        int here = steps.get((int) number);
        int cpu = events.get(here).cpu();
        Optional<Found> written = nearest(here - 1, -1, Relation.WRITES, i -> isUse(i, cpu, register, true));
        Optional<Found> shown = change(here, cpu, register);
        return shown.isEmpty()
                        || written.isPresent()
                                && written.get().event() >= shown.get().event()
                ? written
                : shown;
    }

    /** What made the register have the value that it was last recorded with. */
    private Optional<Found> change(int here, int cpu, Register register) {
        long value = 0;
        boolean isKnown = false;
        int before = -1;
        int lastSeen = -1;
        Optional<Found> found = Optional.empty();
        for (int i = 0; i <= here; i++) {
            Event event = events.get(i);
            if (event.cpu() != cpu) {
                continue;
            }
            State state = state(event).orElse(State.unknown());
            if (state.has(register)) {
                if (state.require(register) != value) {
                    found = isKnown ? Optional.of(cause(i, before, lastSeen, register)) : Optional.empty();
                }
                value = state.require(register);
                isKnown = true;
                lastSeen = i;
            }
            before = event instanceof Event.Note ? before : i;
        }
        return found;
    }

    private Found cause(int change, int before, int lastSeen, Register register) {
        boolean survives = !WRITTEN_BY_EXCEPTIONS.matcher(register.manualName()).matches();
        if (!(events.get(change) instanceof Event.Step) && !survives) {
            return found(Relation.WRITES, change);
        }
        return before >= 0 && before == lastSeen
                ? found(Relation.WRITES, before)
                : found(Relation.SHOWS_CHANGE, change);
    }

    @Override
    public Optional<Found> nextReader(long number, Register register) {
        int here = steps.get((int) number);
        int cpu = events.get(here).cpu();
        return nearest(here + 1, 1, Relation.READS, i -> isUse(i, cpu, register, false));
    }

    private boolean isUse(int i, int cpu, Register register, boolean write) {
        if (events.get(i).cpu() != cpu
                || !(events.get(i) instanceof Event.Step step)
                || step.instruction().isEmpty()) {
            return false;
        }
        Instruction instruction = step.instruction().get();
        Optional<Mode> mode = Optional.empty();
        for (int j = 0; j <= i; j++) {
            State state = state(events.get(j)).orElse(State.unknown());
            if (events.get(j).cpu() == cpu && state.has(Register.CPSR)) {
                mode = state.mode();
            }
        }
        Set<Register> used = mode.isPresent()
                ? write ? use.writes(instruction, mode.get()) : use.reads(instruction, mode.get())
                : write ? use.writes(instruction) : use.reads(instruction);
        return used.contains(register);
    }

    @Override
    public Optional<Found> previousWriter(long number, int address) {
        return nearest(steps.get((int) number) - 1, -1, Relation.WRITES, i -> isAccess(i, address, true));
    }

    @Override
    public Optional<Found> nextReader(long number, int address) {
        return nearest(steps.get((int) number) + 1, 1, Relation.READS, i -> isAccess(i, address, false));
    }

    private boolean isAccess(int i, int address, boolean write) {
        for (MemoryAccess access : accesses(i)) {
            for (int offset = 0; offset < access.size(); offset++) {
                if (access.write() == write && (access.address() + offset & -4) == (address & -4)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<MemoryAccess> accesses(int i) {
        return events.get(i) instanceof Event.Step step ? step.accesses() : List.of();
    }

    @Override
    public boolean hasAccesses() {
        return steps.stream().anyMatch(i -> !accesses(i).isEmpty());
    }

    private Optional<Found> nearest(int from, int direction, Relation relation, IntPredicate wanted) {
        for (int i = from; i >= 0 && i < events.size(); i += direction) {
            if (wanted.test(i)) {
                return Optional.of(found(relation, i));
            }
        }
        return Optional.empty();
    }

    private Found found(Relation relation, int event) {
        long step = steps.stream().filter(i -> i < event).count();
        return new Found(relation, event, step, events.get(event));
    }
}
