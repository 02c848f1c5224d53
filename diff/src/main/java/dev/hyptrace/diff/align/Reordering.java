package dev.hyptrace.diff.align;

import dev.hyptrace.diff.align.Aligned.LeftOnly;
import dev.hyptrace.diff.align.Aligned.Pair;
import dev.hyptrace.diff.align.Aligned.RightOnly;
import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Recognises calls that both sides made, only in another order. */
final class Reordering {
    /** Further apart than this, two equal calls are taken to be two calls. */
    static final int MAX_DISTANCE = 16;

    private final Similarity similarity;
    private final List<Aligned> entries;

    private Reordering(Similarity similarity, List<Aligned> entries) {
        this.similarity = similarity;
        this.entries = entries;
    }

    /** The same alignment, in which the calls that moved know where to. */
    static List<Aligned> mark(Similarity similarity, List<Aligned> alignment) {
        Reordering reordering = new Reordering(similarity, new ArrayList<>(alignment));
        reordering.uncross();
        for (int i = 0; i < reordering.entries.size(); i++) {
            reordering.findPartner(i);
        }
        return reordering.entries;
    }

    /** Two pairs that would be the same crosswise are two calls in another order. */
    private void uncross() {
        for (int i = 0; i < entries.size(); i++) {
            OptionalInt crossing = crossing(i);
            if (crossing.isPresent()) {
                split(crossing.getAsInt());
                split(i);
            }
        }
    }

    private OptionalInt crossing(int index) {
        if (!(entries.get(index) instanceof Pair pair) || similarity.same(pair.left(), pair.right())) {
            return OptionalInt.empty();
        }
        return near(
                index,
                at -> at > index
                        && entries.get(at) instanceof Pair other
                        && similarity.same(pair.left(), other.right())
                        && similarity.same(other.left(), pair.right()));
    }

    private void split(int index) {
        Pair pair = (Pair) entries.get(index);
        entries.set(index, new LeftOnly(pair.left(), Optional.empty()));
        entries.add(index + 1, new RightOnly(pair.right(), Optional.empty()));
    }

    private void findPartner(int index) {
        if (!(entries.get(index) instanceof LeftOnly only)) {
            return;
        }
        Hypercall left = only.left();
        OptionalInt partner = near(
                index,
                at -> entries.get(at) instanceof RightOnly other
                        && other.movedFrom().isEmpty()
                        && similarity.same(left, other.right()));
        if (partner.isPresent()) {
            Hypercall right = ((RightOnly) entries.get(partner.getAsInt())).right();
            entries.set(index, new LeftOnly(left, Optional.of(right)));
            entries.set(partner.getAsInt(), new RightOnly(right, Optional.of(left)));
        }
    }

    /** The nearest other entry that the condition holds for; of two, the later one. */
    private OptionalInt near(int index, IntPredicate condition) {
        for (int distance = 1; distance <= MAX_DISTANCE; distance++) {
            if (index + distance < entries.size() && condition.test(index + distance)) {
                return OptionalInt.of(index + distance);
            }
            if (index >= distance && condition.test(index - distance)) {
                return OptionalInt.of(index - distance);
            }
        }
        return OptionalInt.empty();
    }
}
