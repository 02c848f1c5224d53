package dev.hyptrace.diff.align;

import dev.hyptrace.diff.align.WindowAlignment.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * Dynamic programming over the scores of two ranges of calls, within a band about the diagonal that is as wide as the bound
 * on memory allows: for small ranges it is the whole table.
 *
 * <p>Cell (i, j) holds the best score of left[i, end) with right[j, end); a call without a partner scores 0.
 */
final class BandedScores {
    private final Scores scores;
    private final int leftStart;
    private final int rightStart;
    private final int rows;
    private final int columns;
    private final int width;
    private final int[] cells;

    /** The score of a pair of calls, by their indices. */
    @FunctionalInterface
    interface Scores {
        int of(int left, int right);
    }

    BandedScores(Scores scores, int leftStart, int leftEnd, int rightStart, int rightEnd) {
        this.scores = scores;
        this.leftStart = leftStart;
        this.rightStart = rightStart;
        this.rows = leftEnd - leftStart;
        this.columns = rightEnd - rightStart;
        int slope = columns / rows + 2;
        this.width = Math.min(columns + 1, Math.max(WindowAlignment.MAX_CELLS / (rows + 1), 2 * slope));
        this.cells = new int[(rows + 1) * width];
        fill();
    }

    /** The matches of the best alignment, ascending. */
    List<Match> best() {
        List<Match> matches = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            int best = get(i, j);
            int score = scores.of(leftStart + i, rightStart + j);
            if (score > 0 && best == score + get(i + 1, j + 1)) {
                matches.add(new Match(leftStart + i++, rightStart + j++));
            } else if (best == get(i + 1, j) && inBand(i + 1, j)) {
                i++;
            } else {
                j++;
            }
        }
        return matches;
    }

    private void fill() {
        for (int i = rows - 1; i >= 0; i--) {
            int first = first(i);
            for (int j = Math.min(columns, first + width) - 1; j >= first; j--) {
                int score = scores.of(leftStart + i, rightStart + j);
                int match = score > 0 ? score + get(i + 1, j + 1) : 0;
                cells[i * width + j - first] = Math.max(match, Math.max(get(i + 1, j), get(i, j + 1)));
            }
        }
    }

    /** The first column of the band in a row. */
    private int first(int i) {
        long centre = (long) i * columns / rows;
        return (int) Math.max(0, Math.min(centre - width / 2, columns + 1L - width));
    }

    private boolean inBand(int i, int j) {
        int offset = j - first(i);
        return offset >= 0 && offset < width;
    }

    private int get(int i, int j) {
        return i < rows && j < columns && inBand(i, j) ? cells[i * width + j - first(i)] : 0;
    }
}
