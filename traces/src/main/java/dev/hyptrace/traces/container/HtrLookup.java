package dev.hyptrace.traces.container;

import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.container.proto.Summary;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks things up in a {@code .htr} file: by its index, the summaries of its chunks, and the few chunks that are then decoded. */
final class HtrLookup implements TraceLookup {
    private final ChunkCache chunks;
    private final Names names;
    private final InstructionUse use;

    /** An event in the file: its chunk, and its place in there. */
    private record Spot(int chunk, int event) {}

    HtrLookup(ChunkCache chunks, InstructionUse use) {
        this.chunks = chunks;
        this.names = chunks.names();
        this.use = use;
    }

    @Override
    public long steps() {
        return chunks.directory().steps();
    }

    @Override
    public Optional<Moment> at(long step) throws IOException {
        Optional<Spot> spot = spotOf(step);
        if (spot.isEmpty()) {
            return Optional.empty();
        }
        ChunkView view = chunks.view(spot.get().chunk);
        int event = spot.get().event;
        try {
            return Optional.of(new Moment(
                    step,
                    view.place().firstEvent() + event,
                    (Event.Step) view.event(event),
                    registers(view, event),
                    lastGap(view, event)));
        } catch (CorruptChunkException e) {
            throw chunks.damaged(view.place(), e);
        }
    }

    private Map<Register, Remembered> registers(ChunkView view, int event) throws CorruptChunkException {
        Map<Register, Remembered> found = new EnumMap<>(Register.class);
        ProcessorView processor = view.view(view.cpu(event));
        for (int index = 0; index < names.registerCount(); index++) {
            Register register = names.registerOrNull(index);
            if (register == null || register == Register.PC) {
                continue;
            }
            int seen = processor.seen(index, event);
            long bits = processor.value(index, event);
            if (seen >= 0) {
                Value value = processor.shapeAt(seen).value(register, bits);
                found.put(register, new Remembered(value, view.place().firstEvent() + seen));
            } else if (processor.seenBefore(index) != Knowledge.NEVER) {
                int rule = processor.ruleBefore(index);
                Value value = rule == 0 ? new Value.Known(bits) : new Value.Derived(bits, names.rule(rule - 1));
                found.put(register, new Remembered(value, processor.seenBefore(index)));
            }
        }
        return found;
    }

    private static OptionalLong lastGap(ChunkView view, int event) {
        int gap = view.gap(view.cpu(event), event);
        long before = view.view(view.cpu(event)).gapBefore();
        return gap >= 0
                ? OptionalLong.of(view.place().firstEvent() + gap)
                : before == Knowledge.NEVER ? OptionalLong.empty() : OptionalLong.of(before);
    }

    @Override
    public Optional<Found> previousWriter(long step, Register register) throws IOException {
        Optional<Spot> here = spotOf(step);
        int index = names.indexOf(register);
        if (here.isEmpty() || index < 0 || register == Register.PC) {
            return Optional.empty();
        }
        Spot start = here.get();
        int cpu = chunks.view(start.chunk).cpu(start.event);
        ChangeQuery change = new ChangeQuery(index, cpu);
        LookupQuery write = use == InstructionUse.UNKNOWN ? change : new RegisterQuery(names, use, register, true, cpu);
        for (int chunk = start.chunk; chunk >= 0; chunk--) {
            int last = chunk == start.chunk ? start.event : Integer.MAX_VALUE;
            Optional<Spot> changed = findBackwards(change, chunk, last);
            Optional<Spot> written = write == change ? Optional.empty() : findBackwards(write, chunk, last - 1);
            Optional<Found> cause = changed.isPresent() ? cause(changed.get(), register, index, cpu) : Optional.empty();
            Optional<Found> wrote = first(Relation.WRITES, written);
            if (cause.isPresent() || wrote.isPresent()) {
                return later(cause, wrote);
            }
            checkBefore(chunk);
        }
        return Optional.empty();
    }

    private Optional<Spot> findBackwards(LookupQuery query, int chunk, int last) throws IOException {
        if (!mayBeIn(query, chunk)) {
            return Optional.empty();
        }
        ChunkView view = chunks.view(chunk);
        int event = find(query, view, Math.min(last, view.events() - 1), true);
        return event == LookupQuery.NONE ? Optional.empty() : Optional.of(new Spot(chunk, event));
    }

    private static Optional<Found> later(Optional<Found> shown, Optional<Found> wrote) {
        boolean isWrote = shown.isEmpty()
                || wrote.isPresent() && wrote.get().event() >= shown.get().event();
        return isWrote ? wrote : shown;
    }

    /** What made a register have another value at an event than before. */
    private Optional<Found> cause(Spot change, Register register, int index, int cpu) throws IOException {
        ChunkView view = chunks.view(change.chunk);
        ProcessorView processor = view.view(cpu);
        if (processor.seen(index, change.event - 1) < 0 && processor.seenBefore(index) == Knowledge.NEVER) {
            return Optional.empty(); // It is only recorded for the first time.
        }
        boolean bySomethingElse = !view.isStep(change.event) && ExceptionRegisters.contains(register);
        if (bySomethingElse) {
            return Optional.of(found(Relation.WRITES, change));
        }
        Optional<Spot> before = eventBefore(change, cpu);
        if (before.isEmpty() || !records(before.get(), index, cpu)) {
            return Optional.of(found(Relation.SHOWS_CHANGE, change));
        }
        return Optional.of(found(Relation.WRITES, before.get()));
    }

    private boolean records(Spot spot, int index, int cpu) throws IOException {
        return chunks.view(spot.chunk).view(cpu).seen(index, spot.event) == spot.event;
    }

    /** The event of a processor before another one that is no note. */
    private Optional<Spot> eventBefore(Spot spot, int cpu) throws IOException {
        int event = spot.event - 1;
        for (int chunk = spot.chunk; chunk >= 0; chunk--) {
            ChunkView view = chunks.view(chunk);
            for (event = chunk == spot.chunk ? event : view.events() - 1; event >= 0; event--) {
                if (view.cpu(event) == cpu && !view.isNote(event)) {
                    return Optional.of(new Spot(chunk, event));
                }
            }
            checkBefore(chunk);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Found> nextReader(long step, Register register) throws IOException {
        Optional<Spot> here = spotOf(step);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        int cpu = chunks.view(here.get().chunk).cpu(here.get().event);
        Spot after = new Spot(here.get().chunk, here.get().event + 1);
        return first(Relation.READS, search(new RegisterQuery(names, use, register, false, cpu), after, false));
    }

    @Override
    public Optional<Found> previousWriter(long step, int address) throws IOException {
        Optional<Spot> here = spotOf(step);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Spot before = new Spot(here.get().chunk, here.get().event - 1);
        return first(Relation.WRITES, search(new AccessQuery(address, true), before, true));
    }

    @Override
    public Optional<Found> nextReader(long step, int address) throws IOException {
        Optional<Spot> here = spotOf(step);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Spot after = new Spot(here.get().chunk, here.get().event + 1);
        return first(Relation.READS, search(new AccessQuery(address, false), after, false));
    }

    @Override
    public boolean hasAccesses() throws IOException {
        for (int chunk = 0; chunk < chunks.chunks(); chunk++) {
            Summary summary = chunks.summary(chunk);
            boolean isUnknown = summary.getChanged().isEmpty();
            if (isUnknown
                    ? chunks.view(chunk).hasAccesses()
                    : !summary.getStoredPages().isEmpty()
                            || !summary.getLoadedPages().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Found> first(Relation relation, Optional<Spot> spot) throws IOException {
        return spot.isPresent() ? Optional.of(found(relation, spot.get())) : Optional.empty();
    }

    /**
     * The nearest event that a query finds.
     *
     * @param start the first event to look at; it may be just outside of its chunk
     */
    private Optional<Spot> search(LookupQuery query, Spot start, boolean backwards) throws IOException {
        for (int chunk = start.chunk; chunk >= 0 && chunk < chunks.chunks(); chunk += backwards ? -1 : 1) {
            if (mayBeIn(query, chunk)) {
                ChunkView view = chunks.view(chunk);
                int from = chunk == start.chunk ? start.event : backwards ? view.events() - 1 : 0;
                int event = find(query, view, from, backwards);
                if (event != LookupQuery.NONE) {
                    return Optional.of(new Spot(chunk, event));
                }
            }
            checkBefore(backwards ? chunk : chunk + 1);
        }
        return Optional.empty();
    }

    private int find(LookupQuery query, ChunkView view, int from, boolean backwards) throws IOException {
        try {
            return query.find(view, from, backwards);
        } catch (CorruptChunkException e) {
            throw chunks.damaged(view.place(), e);
        }
    }

    private boolean mayBeIn(LookupQuery query, int chunk) throws IOException {
        if (!query.mayBeIn(chunks.summary(chunk))) {
            return false;
        }
        if (!query.asksChunks() || chunks.isKept(chunk)) {
            return true;
        }
        try {
            return query.mayBeIn(chunks.message(chunk));
        } catch (CorruptChunkException e) {
            throw chunks.damaged(chunks.directory().chunks().get(chunk), e);
        }
    }

    /** Nothing may be missing between a chunk, or the end of the file, and the chunk before it. */
    private void checkBefore(int chunk) throws IOException {
        if (chunk >= 0 && chunk <= chunks.chunks()) {
            chunks.checkNothingIsMissingBefore(chunk);
        }
    }

    private Found found(Relation relation, Spot spot) throws IOException {
        ChunkView view = chunks.view(spot.chunk);
        try {
            return new Found(
                    relation,
                    view.place().firstEvent() + spot.event,
                    view.place().firstStep() + view.stepsBefore(spot.event),
                    view.event(spot.event));
        } catch (CorruptChunkException e) {
            throw chunks.damaged(view.place(), e);
        }
    }

    private Optional<Spot> spotOf(long step) throws IOException {
        if (step < 0) {
            return Optional.empty();
        }
        if (chunks.chunks() == 0) {
            checkBefore(0);
            return Optional.empty();
        }
        int chunk = chunks.directory().withStep(step);
        ChunkView view = chunks.view(chunk);
        long place = step - view.place().firstStep();
        if (place >= 0 && place < view.steps()) {
            return Optional.of(new Spot(chunk, view.eventOfStep((int) place)));
        }
        checkBefore(place < 0 ? chunk : chunk + 1);
        return Optional.empty();
    }
}
