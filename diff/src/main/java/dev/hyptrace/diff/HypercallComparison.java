package dev.hyptrace.diff;

import dev.hyptrace.diff.align.Aligned;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.FieldSink;
import dev.hyptrace.diff.compare.FieldTable;
import dev.hyptrace.diff.compare.FieldTally;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.compare.StateComparer;
import dev.hyptrace.diff.explain.Explained;
import dev.hyptrace.diff.explain.HypercallExplainer;
import dev.hyptrace.diff.explain.StubStory;
import dev.hyptrace.diff.explain.Subject;
import dev.hyptrace.diff.fold.Consequence;
import dev.hyptrace.diff.fold.Entry;
import dev.hyptrace.diff.fold.HypercallHistory;
import dev.hyptrace.diff.fold.HypercallRules;
import dev.hyptrace.diff.fold.Ledger;
import dev.hyptrace.diff.fold.Unpaired;
import dev.hyptrace.diff.result.Cause;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Explanation;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Compares hypercalls as they are aligned: each pair at its three points, each difference folded under what it follows from
 * or entered as a finding and explained.
 *
 * <p>Differences between recorded values are judged first and those that rest on derived values at the end of their pair, so
 * that a derived value is recognised as a consequence of what it was derived from.
 */
final class HypercallComparison {
    private static final List<Point> POINTS = List.of(Point.CALL, Point.VECTOR, Point.RETURN);

    private final DiffOptions options;
    private final FieldTally tally = new FieldTally();
    private final PairComparer comparer;
    private final Ledger ledger;
    private final HypercallHistory history = new HypercallHistory();
    private final StubStory story = new StubStory();
    private final Place[] lastEqual = new Place[FieldTable.size()];
    private final HypercallTable table = new HypercallTable();
    private final Writers writers = new Writers();
    private int divergencesInPair;
    /** The number of the last hypercall on the right that had a partner. */
    private int lastRight;

    HypercallComparison(DiffOptions options) {
        this.options = options;
        this.comparer = new PairComparer(new StateComparer(options.maps(), options.treatments(), tally));
        this.ledger = new Ledger(options.maxDivergences());
    }

    void accept(Aligned aligned) {
        if (aligned instanceof Aligned.Pair pair) {
            pair(pair.left(), pair.right());
        } else if (aligned instanceof Aligned.LeftOnly only) {
            unpaired(Side.LEFT, only.left(), only.movedTo());
        } else if (aligned instanceof Aligned.RightOnly only) {
            unpaired(Side.RIGHT, only.right(), only.movedFrom());
        }
    }

    /** Where it is asked which instructions wrote what differs. */
    Writers writers() {
        return writers;
    }

    /** What was found. When the story is about one finding, the report begins with that one. */
    DiffResult result(String left, String right) {
        history.mismatch().ifPresent(ledger::lead);
        return new DiffResult(
                left,
                right,
                table.hypercalls(),
                tally.fields(),
                ledger.findings(),
                ledger.hasDivergences() ? story.lines() : List.of(),
                OptionalLong.empty());
    }

    private void pair(Hypercall left, Hypercall right) {
        divergencesInPair = 0;
        history.beginPair(left, right);
        story.pair(left, right);
        List<Judged> uncertain = new ArrayList<>();
        boolean sameInput = true;
        for (Point point : POINTS) {
            Place place = Places.of(point, Optional.of(left), Optional.of(right), options);
            List<Difference> differences = compare(point, left, right, place);
            differences.sort(HypercallRules.order(left, right));
            for (Difference difference : differences) {
                Judged judged = new Judged(subject(difference, left, right, sameInput), place);
                if (difference.severity() == Severity.WARNING && !history.persists(difference)) {
                    uncertain.add(judged);
                } else {
                    judge(judged);
                }
            }
            sameInput &= differences.isEmpty();
        }
        uncertain.forEach(this::judge);
        history.endPair();
        lastRight = right.number();
        table.add(Optional.of(left), Optional.of(right), divergencesInPair);
    }

    /** A difference, and where it was seen. */
    private record Judged(Subject subject, Place place) {}

    private List<Difference> compare(Point point, Hypercall left, Hypercall right, Place place) {
        List<Difference> differences = new ArrayList<>();
        comparer.compare(point, left, right, new FieldSink() {
            @Override
            public void equal(Point at, Field field) {
                lastEqual[field.index()] = place;
                history.equal(field);
            }

            @Override
            public void differ(Difference difference) {
                differences.add(difference);
            }
        });
        return differences;
    }

    private Subject subject(Difference difference, Hypercall left, Hypercall right, boolean sameInput) {
        Optional<Place> equal = difference.field().flatMap(field -> Optional.ofNullable(lastEqual[field.index()]));
        boolean generations = HypercallRules.isStubEffect(difference) && history.generationsDiffer();
        return new Subject(difference, left, right, equal, sameInput, generations);
    }

    private void judge(Judged judged) {
        Subject subject = judged.subject();
        Difference difference = subject.difference();
        divergencesInPair++;
        Entry entry = enter(
                difference,
                judged.place(),
                () -> timed(
                        HypercallExplainer.explain(subject),
                        options.timeEvidence()
                                .explain(difference, subject.right().number())),
                subject.lastEqual());
        history.add(entry);
        if (entry.isFinding()) {
            writers.ask(entry, subject.left(), subject.right());
        }
    }

    /** The explanation with time for its cause, if it was shown to depend on time. */
    private static Explained timed(Explained explained, Optional<String> evidence) {
        return evidence.isEmpty()
                ? explained
                : new Explained(explained.text(), "", Optional.of(new Cause(CauseClass.TIME, evidence.get())));
    }

    private Entry enter(
            Difference difference, Place place, Supplier<Explained> explainer, Optional<Place> lastEqualPlace) {
        Optional<Consequence> consequence = HypercallRules.consequence(difference, history);
        if (consequence.isPresent()) {
            return ledger.follower(difference, place, consequence.get());
        }
        Explained explained = explainer.get();
        Entry entry = ledger.finding(difference, place);
        if (explained.cause().filter(cause -> cause.kind() == CauseClass.TIME).isPresent()
                && entry.severity() == Severity.DIVERGENCE) {
            ledger.reclassify(entry, Severity.EXPLAINED);
        }
        entry.explain(
                new Explanation(explained.text(), lastEqualPlace, List.of(), explained.next()), explained.cause());
        return entry;
    }

    private void unpaired(Side side, Hypercall call, Optional<Hypercall> moved) {
        Optional<Hypercall> left = side == Side.LEFT ? Optional.of(call) : moved;
        Optional<Hypercall> right = side == Side.LEFT ? moved : Optional.of(call);
        story.unpaired(side.text(), call);
        Optional<Entry> known = moved.flatMap(other -> history.takeMoved(left.orElseThrow()));
        Entry entry = known.orElseGet(() -> enterUnpaired(side, call, left, right));
        if (moved.isPresent() && known.isEmpty()) {
            history.putMoved(left.orElseThrow(), entry);
        }
        history.addUnmatched(side, call, entry);
        Optional<Hypercall> here = Optional.of(call);
        table.add(side == Side.LEFT ? here : Optional.empty(), side == Side.LEFT ? Optional.empty() : here, 1);
    }

    private Entry enterUnpaired(Side side, Hypercall call, Optional<Hypercall> left, Optional<Hypercall> right) {
        Optional<Hypercall> moved = side == Side.LEFT ? right : left;
        return enter(
                Unpaired.difference(side, call, moved),
                Places.of(Point.CALL, left, right, options),
                () -> timed(HypercallExplainer.unpaired(side, call, moved), unpairedInTime(side, call)),
                Optional.empty());
    }

    private Optional<String> unpairedInTime(Side side, Hypercall call) {
        return side == Side.LEFT
                ? options.timeEvidence().explainMissing(call, lastRight)
                : options.timeEvidence().explainExtra(call.number());
    }
}
