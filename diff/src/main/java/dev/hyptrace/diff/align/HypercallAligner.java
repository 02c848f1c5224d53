package dev.hyptrace.diff.align;

import dev.hyptrace.diff.align.WindowAlignment.Match;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Aligns two sequences of hypercalls of any length.
 *
 * <p>As long as the next calls of both are the same, they are given out as they come. Where they are not, a window of each
 * is read and aligned; what lies in the first three quarters of it is given out, up to the last pair there, and the rest is
 * looked at again with what follows it. A run of calls without a partner that is longer than that is not overcome.
 */
public final class HypercallAligner {
    private final Similarity similarity;
    private final Side left;
    private final Side right;
    private final int window;
    private final ArrayDeque<Aligned> ready = new ArrayDeque<>();

    /**
     * @param similarity how well two calls fit
     * @param left the calls on the left
     * @param right the calls on the right
     * @param window how many calls of each side are held at most, at least 4
     */
    public HypercallAligner(Similarity similarity, HypercallSource left, HypercallSource right, int window) {
        if (window < 4) {
            throw new IllegalArgumentException("a window of " + window + " hypercalls, expected at least 4");
        }
        this.similarity = similarity;
        this.left = new Side(left);
        this.right = new Side(right);
        this.window = window;
    }

    /** The next pair or call without a partner, or null at the end of both sequences. */
    public Aligned next() throws IOException {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        left.fill(1);
        right.fill(1);
        if (left.held.isEmpty() && right.held.isEmpty()) {
            return null;
        }
        if (!left.held.isEmpty()
                && !right.held.isEmpty()
                && similarity.same(left.held.peekFirst(), right.held.peekFirst())) {
            return new Aligned.Pair(left.held.removeFirst(), right.held.removeFirst());
        }
        alignWindow();
        return ready.remove();
    }

    private void alignWindow() throws IOException {
        left.fill(window);
        right.fill(window);
        List<Hypercall> lefts = List.copyOf(left.held);
        List<Hypercall> rights = List.copyOf(right.held);
        List<Match> matches = WindowAlignment.of(similarity, lefts, rights);
        boolean last = left.ended && right.ended;
        int limit = last ? Integer.MAX_VALUE : window * 3 / 4;
        List<Match> kept = matches.stream()
                .filter(match -> match.left() < limit && match.right() < limit)
                .toList();
        int leftEnd = end(last, kept.isEmpty() ? -1 : kept.get(kept.size() - 1).left(), lefts.size());
        int rightEnd = end(last, kept.isEmpty() ? -1 : kept.get(kept.size() - 1).right(), rights.size());
        List<Aligned> script = script(lefts.subList(0, leftEnd), rights.subList(0, rightEnd), kept);
        ready.addAll(Reordering.mark(similarity, script));
        left.drop(leftEnd);
        right.drop(rightEnd);
    }

    /** How many calls of a window are given out. */
    private int end(boolean last, int lastMatch, int size) {
        if (last) {
            return size;
        }
        return lastMatch >= 0 ? lastMatch + 1 : Math.min(size, window * 3 / 4);
    }

    /** Pairs and calls without a partner, in order: of those between two pairs, the left ones come first. */
    private static List<Aligned> script(List<Hypercall> lefts, List<Hypercall> rights, List<Match> matches) {
        List<Aligned> script = new ArrayList<>();
        int i = 0;
        int j = 0;
        List<Match> all = new ArrayList<>(matches);
        all.add(new Match(lefts.size(), rights.size()));
        for (Match match : all) {
            while (i < match.left()) {
                script.add(new Aligned.LeftOnly(lefts.get(i++), Optional.empty()));
            }
            while (j < match.right()) {
                script.add(new Aligned.RightOnly(rights.get(j++), Optional.empty()));
            }
            if (i < lefts.size() && j < rights.size()) {
                script.add(new Aligned.Pair(lefts.get(i++), rights.get(j++)));
            }
        }
        return script;
    }

    /** One sequence: what was read of it and not given out. */
    private static final class Side {
        final HypercallSource source;
        final ArrayDeque<Hypercall> held = new ArrayDeque<>();
        boolean ended;

        Side(HypercallSource source) {
            this.source = source;
        }

        void fill(int size) throws IOException {
            while (!ended && held.size() < size) {
                Hypercall call = source.next();
                ended = call == null;
                if (!ended) {
                    held.add(call);
                }
            }
        }

        void drop(int count) {
            for (int i = 0; i < count; i++) {
                held.removeFirst();
            }
        }
    }
}
