package dev.hyptrace.diff.align;

import dev.hyptrace.diff.align.WindowAlignment.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The matches of a shortest edit script between two ranges: the greedy algorithm of Myers, which takes time in proportion to
 * the length times the number of edits, and memory in proportion to the square of the latter.
 */
final class ShortestEditScript {
    /** With more edits than this the two are taken to have too little in common. */
    static final int MAX_EDITS = 2000;

    private final Same same;
    private final int leftStart;
    private final int rightStart;
    private final int rows;
    private final int columns;
    /** For each number of edits d, the furthest row reached on each diagonal -d..d. */
    private final List<int[]> furthest = new ArrayList<>();

    /** Whether two calls, given by their indices, are the same. */
    @FunctionalInterface
    interface Same {
        boolean test(int left, int right);
    }

    private ShortestEditScript(Same same, int leftStart, int leftEnd, int rightStart, int rightEnd) {
        this.same = same;
        this.leftStart = leftStart;
        this.rightStart = rightStart;
        this.rows = leftEnd - leftStart;
        this.columns = rightEnd - rightStart;
    }

    /** The matches, ascending; none when it takes more than {@link #MAX_EDITS} edits. */
    static List<Match> matches(Same same, int leftStart, int leftEnd, int rightStart, int rightEnd) {
        ShortestEditScript script = new ShortestEditScript(same, leftStart, leftEnd, rightStart, rightEnd);
        for (int edits = 0; edits <= MAX_EDITS; edits++) {
            if (script.advance(edits)) {
                return script.walkBack(edits);
            }
        }
        return List.of();
    }

    /** Goes as far as this many edits allow; whether that is to the end. */
    private boolean advance(int edits) {
        int[] row = new int[2 * edits + 1];
        Arrays.fill(row, -1);
        furthest.add(row);
        for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
            int i = start(edits, diagonal);
            int j = i - diagonal;
            if (i < 0 || i > rows || j < 0 || j > columns) {
                continue;
            }
            while (i < rows && j < columns && same.test(leftStart + i, rightStart + j)) {
                i++;
                j++;
            }
            row[diagonal + edits] = i;
            if (i == rows && j == columns) {
                return true;
            }
        }
        return false;
    }

    /** The row at which this diagonal is entered: from the one above by skipping a left call, or by skipping a right one. */
    private int start(int edits, int diagonal) {
        if (edits == 0) {
            return 0;
        }
        int skipLeft = reached(edits - 1, diagonal - 1);
        int skipRight = reached(edits - 1, diagonal + 1);
        return Math.max(skipLeft < 0 ? -1 : skipLeft + 1, skipRight);
    }

    private int reached(int edits, int diagonal) {
        return Math.abs(diagonal) > edits ? -1 : furthest.get(edits)[diagonal + edits];
    }

    private List<Match> walkBack(int edits) {
        List<Match> matches = new ArrayList<>();
        int i = rows;
        int diagonal = rows - columns;
        for (int d = edits; d >= 0; d--) {
            int start = start(d, diagonal);
            while (i > start) {
                i--;
                matches.add(new Match(leftStart + i, rightStart + i - diagonal));
            }
            if (d > 0) {
                boolean skippedLeft = reached(d - 1, diagonal - 1) >= 0 && reached(d - 1, diagonal - 1) + 1 == start;
                i = skippedLeft ? start - 1 : start;
                diagonal += skippedLeft ? -1 : 1;
            }
        }
        Collections.reverse(matches);
        return matches;
    }
}
