package dev.hyptrace.diff;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.FieldSink;
import dev.hyptrace.diff.compare.FieldTable;
import dev.hyptrace.diff.compare.FieldTally;
import dev.hyptrace.diff.compare.StateComparer;
import dev.hyptrace.diff.explain.Explained;
import dev.hyptrace.diff.explain.StepExplainer;
import dev.hyptrace.diff.fold.Consequence;
import dev.hyptrace.diff.fold.Entry;
import dev.hyptrace.diff.fold.Ledger;
import dev.hyptrace.diff.fold.StepRules;
import dev.hyptrace.diff.result.Explanation;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Compares the events of a recording with their replay, one after the other. */
final class StepComparison implements FieldSink {
    private static final int MAX_PROCESSORS = 256;

    private final DiffOptions options;
    private final FieldTally tally = new FieldTally();
    private final StateComparer comparer;
    private final Ledger ledger;
    private final ReplayedHypercalls hypercalls = new ReplayedHypercalls();
    private final Map<Integer, ProcessorTrack> processors = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final long[] lastEqual = new long[FieldTable.size()];
    private long stepIndex = -1;

    StepComparison(DiffOptions options) {
        this.options = options;
        this.comparer = new StateComparer(options.maps(), options.treatments(), tally);
        this.ledger = new Ledger(options.maxDivergences());
        Arrays.fill(lastEqual, -1);
    }

    void accept(ReplayedEvent replayed) {
        Event event = replayed.recorded();
        ProcessorTrack track = track(event.cpu());
        stepIndex = Math.max(stepIndex, replayed.stepIndex());
        Point point = track.point(event);
        hypercalls.accept(replayed);
        int hypercall = track.hypercall(point, event, hypercalls.begun());
        Optional<State> recorded = recorded(event);
        if (recorded.isPresent()) {
            compare(point, recorded.get(), replayed.predicted().orElse(State.unknown()));
            differences.sort(StepRules.order());
            track.history().begin(replayed, track.writerAddress(), track.writer());
            differences.forEach(difference -> judge(difference, replayed, track, hypercall));
            differences.clear();
        }
        track.accept(event, replayed.stepIndex());
    }

    /** Ends the comparison. */
    ReplayedHypercalls finish() {
        hypercalls.finish();
        return hypercalls;
    }

    FieldTally tally() {
        return tally;
    }

    Ledger ledger() {
        return ledger;
    }

    long steps() {
        return stepIndex + 1;
    }

    @Override
    public void equal(Point point, Field field) {
        lastEqual[field.index()] = stepIndex;
    }

    @Override
    public void differ(Difference difference) {
        differences.add(difference);
    }

    private ProcessorTrack track(int cpu) {
        ProcessorTrack track = processors.get(cpu);
        if (track == null) {
            if (processors.size() >= MAX_PROCESSORS) {
                processors.clear();
            }
            track = new ProcessorTrack();
            processors.put(cpu, track);
        }
        return track;
    }

    private void compare(Point point, State recorded, State predicted) {
        if (point == Point.STEP) {
            comparer.compareRecorded(point, recorded, predicted, this);
        } else {
            comparer.comparePoint(point, recorded, predicted, this);
        }
    }

    private static Optional<State> recorded(Event event) {
        if (event instanceof Event.Step step) {
            State before = step.before();
            return Optional.of(
                    before.has(Register.PC)
                            ? before
                            : before.toBuilder()
                                    .known(Register.PC, step.address())
                                    .build());
        }
        if (event instanceof Event.ExceptionEntry entry) {
            return Optional.of(entry.atVector());
        }
        if (event instanceof Event.ExceptionReturn exceptionReturn) {
            return Optional.of(exceptionReturn.after());
        }
        return event instanceof Event.Snapshot snapshot ? Optional.of(snapshot.state()) : Optional.empty();
    }

    private void judge(Difference difference, ReplayedEvent replayed, ProcessorTrack track, int hypercall) {
        Place place = place(difference.point(), replayed, hypercall);
        Optional<Consequence> consequence = StepRules.consequence(difference, track.history());
        Entry entry = consequence
                .map(c -> ledger.follower(difference, place, c))
                .orElseGet(() -> finding(difference, place, replayed, track));
        track.history().add(entry);
        hypercalls.diverged(difference.point() == Point.STEP ? 0 : hypercall);
    }

    private Entry finding(Difference difference, Place place, ReplayedEvent replayed, ProcessorTrack track) {
        Optional<Writer> writer = track.lastWriter(options.leftSymbols());
        Explained explained = StepExplainer.explain(difference, replayed, writer);
        Entry entry = ledger.finding(difference, place);
        if (track.history().isSourceDeviation() && entry.severity() == Severity.DIVERGENCE) {
            ledger.reclassify(entry, Severity.EXPLAINED);
        }
        entry.explain(
                new Explanation(
                        explained.text(),
                        lastEqual(difference),
                        writer.map(List::of).orElse(List.of()),
                        explained.next()),
                explained.cause());
        return entry;
    }

    private Optional<Place> lastEqual(Difference difference) {
        long step = lastEqual[difference.field().orElseThrow().index()];
        return step < 0
                ? Optional.empty()
                : Optional.of(new Place(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Point.STEP,
                        OptionalLong.of(step),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Place place(Point point, ReplayedEvent replayed, int hypercall) {
        OptionalInt number = hypercall == 0 ? OptionalInt.empty() : OptionalInt.of(hypercall);
        OptionalInt address = address(replayed.recorded());
        return new Place(
                number,
                number,
                point,
                replayed.stepIndex() < 0 ? OptionalLong.empty() : OptionalLong.of(replayed.stepIndex()),
                address,
                address.isPresent() ? options.leftSymbols().at(address.getAsInt()) : Optional.empty(),
                replayed.recorded() instanceof Event.Step step ? step.instruction() : Optional.empty());
    }

    private static OptionalInt address(Event event) {
        if (event instanceof Event.Step step) {
            return OptionalInt.of(step.address());
        }
        Optional<State> state = recorded(event);
        return state.isPresent() && state.get().has(Register.PC)
                ? OptionalInt.of((int) state.get().require(Register.PC))
                : OptionalInt.empty();
    }
}
