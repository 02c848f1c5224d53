package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.abi.StubGenerations;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the differences so far, as the rules for hypercalls ask for it. Bounded, however many there are. */
public final class HypercallHistory {
    private static final int MAX_RECENT = 64;
    private static final int MAX_REPEATABLE = 4096;

    /** By field: the difference that the field had when it was last compared. */
    private final Map<String, Entry> open = new HashMap<>();
    /** The latest differences in whole registers. */
    private final ArrayDeque<Entry> recent = new ArrayDeque<>();
    /** By {@link #key}. */
    private final Map<String, Entry> repeatable = new LinkedHashMap<>();

    /** By the number of the left call: calls of which one side's was reached, and not yet the other's. */
    private final Map<Integer, Entry> moved = new HashMap<>();

    private final List<Entry> inPair = new ArrayList<>();
    private final List<Unmatched> unmatched = new ArrayList<>();
    private Hypercall left;
    private Hypercall right;
    private Set<String> leftGenerations = Set.of();
    private Set<String> rightGenerations = Set.of();
    private Optional<Entry> wentApart = Optional.empty();
    private Optional<Mismatch> mismatch = Optional.empty();

    /** A call without a partner since the last pair. */
    record Unmatched(Side side, Hypercall call, Entry entry) {}

    /** The finding that showed the two stubs to be of different generations, and which they can be. */
    record Mismatch(Entry entry, Set<String> left, Set<String> right) {}

    /** Two calls that correspond are looked at next. */
    public void beginPair(Hypercall leftCall, Hypercall rightCall) {
        left = leftCall;
        right = rightCall;
        leftGenerations = StubGenerations.explaining(left);
        rightGenerations = StubGenerations.explaining(right);
        inPair.clear();
    }

    /** The two calls were looked at. */
    public void endPair() {
        unmatched.clear();
        wentApart = inPair(Point.RETURN, PairComparer.OUTCOME).filter(entry -> HypercallRules.isApart(left, right));
    }

    /** A field was compared and found equal. */
    public void equal(Field field) {
        open.remove(field.name());
    }

    /** A difference in the pair at hand went into the ledger. */
    public void add(Entry entry) {
        Difference difference = entry.difference();
        inPair.add(entry);
        open.put(difference.name(), entry);
        if (difference.field().filter(Field::isWhole).isPresent()) {
            recent.addFirst(entry);
            if (recent.size() > MAX_RECENT) {
                recent.removeLast();
            }
        }
        repeatable.putIfAbsent(key(difference), entry);
        if (repeatable.size() > MAX_REPEATABLE) {
            repeatable.remove(repeatable.keySet().iterator().next());
        }
        if (entry.isFinding() && HypercallRules.isStubEffect(difference) && generationsDiffer()) {
            mismatch = Optional.of(new Mismatch(entry, leftGenerations, rightGenerations));
        }
    }

    /** Whether the field still has the two values that it had when it was last compared. */
    public boolean persists(Difference difference) {
        return PersistenceRules.persists(difference, this).isPresent();
    }

    /** A call that both sides made went into the ledger where the first of them made it. */
    public void putMoved(Hypercall leftCall, Entry entry) {
        moved.put(leftCall.number(), entry);
    }

    /** The entry of a call that both sides made, when the other one is reached. */
    public Optional<Entry> takeMoved(Hypercall leftCall) {
        return Optional.ofNullable(moved.remove(leftCall.number()));
    }

    /** A call without a partner went into the ledger. */
    public void addUnmatched(Side side, Hypercall call, Entry entry) {
        unmatched.add(new Unmatched(side, call, entry));
    }

    Hypercall left() {
        return left;
    }

    Hypercall right() {
        return right;
    }

    Optional<Entry> open(String field) {
        return Optional.ofNullable(open.get(field));
    }

    Collection<Entry> allOpen() {
        return open.values();
    }

    Collection<Entry> recent() {
        return recent;
    }

    List<Unmatched> unmatched() {
        return unmatched;
    }

    List<Entry> inPair() {
        return inPair;
    }

    /** The difference in this field at this point of the pair at hand. */
    Optional<Entry> inPair(Point point, String field) {
        return inPair.stream().filter(entry -> entry.is(point, field)).findFirst();
    }

    /** The first difference in a field of this register at this point of the pair at hand. */
    Optional<Entry> inPair(Point point, Register register) {
        return inPair.stream().filter(entry -> entry.isIn(point, register)).findFirst();
    }

    /** The difference in how the pair before ended, when that sent the two sides different ways. */
    Optional<Entry> wentApart() {
        return wentApart;
    }

    /** An earlier difference in the same field at the same point of a call for the same function from the same place. */
    Optional<Entry> repeated(Difference difference) {
        return difference.kind() == Kind.PRESENCE
                ? Optional.empty()
                : Optional.ofNullable(repeatable.get(key(difference)));
    }

    /** Whether the two stubs did what no one generation does. */
    public boolean generationsDiffer() {
        return !leftGenerations.isEmpty()
                && !rightGenerations.isEmpty()
                && leftGenerations.stream().noneMatch(rightGenerations::contains);
    }

    /** The finding that showed it before, when this pair fits it. */
    Optional<Entry> earlierMismatch() {
        return mismatch.filter(m -> m.left().stream().anyMatch(leftGenerations::contains)
                        && m.right().stream().anyMatch(rightGenerations::contains))
                .map(Mismatch::entry);
    }

    /** The finding that showed the two stubs to be of different generations. */
    public Optional<Entry> mismatch() {
        return mismatch.map(Mismatch::entry);
    }

    private String key(Difference difference) {
        Object function = difference.point() == Point.CALL ? "" : left.call().bits(Register.R0);
        return difference.point() + " " + difference.name() + " " + left.site() + " " + function;
    }
}
