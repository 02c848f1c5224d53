package dev.hyptrace.diff.align;

import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.List;

/**
 * The best alignment of two windows of hypercalls.
 *
 * <p>What is the same at the beginning and at the end is taken as it is. A remainder of moderate size is aligned by dynamic
 * programming over the scores of {@link Similarity}. A large one is first cut at the matches of a shortest edit script over
 * calls that are the same [1]; when that takes too many edits, the dynamic programming is confined to a band about the
 * diagonal. Memory is bounded by {@link #MAX_CELLS} in every case. Ties are broken in favour of a match, then of a call that
 * only the left side has, so that equal inputs give equal alignments.
 *
 * <p>[1] E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1, 1986.
 */
final class WindowAlignment {
    static final int MAX_CELLS = 1 << 22;

    private final Similarity similarity;
    private final List<Traits> left;
    private final List<Traits> right;
    private final List<Match> matches = new ArrayList<>();

    /** Two calls that correspond, by their index in the windows. */
    record Match(int left, int right) {}

    private WindowAlignment(Similarity similarity, List<Hypercall> left, List<Hypercall> right) {
        this.similarity = similarity;
        this.left = left.stream().map(Traits::of).toList();
        this.right = right.stream().map(Traits::of).toList();
    }

    /** The matches, ascending on both sides. */
    static List<Match> of(Similarity similarity, List<Hypercall> left, List<Hypercall> right) {
        WindowAlignment alignment = new WindowAlignment(similarity, left, right);
        alignment.align(0, left.size(), 0, right.size(), true);
        return alignment.matches;
    }

    /** Aligns left[l0, l1) with right[r0, r1). */
    private void align(int l0, int l1, int r0, int r1, boolean mayCut) {
        int i = l0;
        int j = r0;
        while (i < l1 && j < r1 && same(i, j)) {
            matches.add(new Match(i++, j++));
        }
        int suffix = 0;
        while (l1 - suffix > i && r1 - suffix > j && same(l1 - suffix - 1, r1 - suffix - 1)) {
            suffix++;
        }
        middle(i, l1 - suffix, j, r1 - suffix, mayCut);
        for (int k = suffix; k > 0; k--) {
            matches.add(new Match(l1 - k, r1 - k));
        }
    }

    private void middle(int l0, int l1, int r0, int r1, boolean mayCut) {
        if (l0 == l1 || r0 == r1) {
            return;
        }
        if (!mayCut || (long) (l1 - l0 + 1) * (r1 - r0 + 1) <= MAX_CELLS) {
            matches.addAll(new BandedScores(this::score, l0, l1, r0, r1).best());
            return;
        }
        List<Match> cuts = ShortestEditScript.matches(this::same, l0, l1, r0, r1);
        int i = l0;
        int j = r0;
        for (Match cut : cuts) {
            align(i, cut.left, j, cut.right, false);
            matches.add(cut);
            i = cut.left + 1;
            j = cut.right + 1;
        }
        align(i, l1, j, r1, false);
    }

    private boolean same(int i, int j) {
        return similarity.same(left.get(i), right.get(j));
    }

    private int score(int i, int j) {
        return similarity.score(left.get(i), right.get(j));
    }
}
