package dev.hyptrace.diff.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.align.WindowAlignment.Match;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two algorithms against what they must be, on random input small enough for a direct computation. */
final class WindowAlignmentTest {
    private static final long SEED = 20260102;

    @Test
    void bandedScores_ofSmallRanges_areTheOptimum() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            int[][] scores = new int[1 + random.nextInt(7)][1 + random.nextInt(7)];
            for (int[] row : scores) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = random.nextInt(20) - 10;
                }
            }
            List<Match> best = new BandedScores((i, j) -> scores[i][j], 0, scores.length, 0, scores[0].length).best();
            assertAscending(best);
            int sum = best.stream().mapToInt(m -> scores[m.left()][m.right()]).sum();
            assertTrue(best.stream().allMatch(m -> scores[m.left()][m.right()] > 0));
            assertEquals(optimum(scores, 0, 0), sum, "seed " + SEED + ", round " + round);
        }
    }

    private static int optimum(int[][] scores, int i, int j) {
        if (i == scores.length || j == scores[0].length) {
            return 0;
        }
        int match = scores[i][j] > 0 ? scores[i][j] + optimum(scores, i + 1, j + 1) : 0;
        return Math.max(match, Math.max(optimum(scores, i + 1, j), optimum(scores, i, j + 1)));
    }

    @Test
    void shortestEditScript_hasAsManyMatchesAsTheLongestCommonSubsequence() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            String a = random(random);
            String b = random(random);
            List<Match> matches = ShortestEditScript.matches(
                    (i, j) -> a.charAt(i - 5) == b.charAt(j - 9), 5, 5 + a.length(), 9, 9 + b.length());
            assertAscending(matches);
            assertTrue(matches.stream().allMatch(m -> a.charAt(m.left() - 5) == b.charAt(m.right() - 9)));
            assertEquals(longestCommon(a, b), matches.size(), "seed " + SEED + ", round " + round);
        }
    }

    @Test
    void shortestEditScript_ofRangesWithNothingInCommon_givesUp() {
        assertEquals(List.of(), ShortestEditScript.matches((i, j) -> false, 0, 3000, 0, 3000));
    }

    @Test
    void bandedScores_ofLongRanges_followTheDiagonal() {
        int size = 6000;
        List<Match> best = new BandedScores((i, j) -> j == i + 50 ? 5 : -1, 0, size, 0, size + 50).best();
        assertEquals(size, best.size());
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(4)));
        }
        return text.toString();
    }

    private static int longestCommon(String a, String b) {
        int[][] length = new int[a.length() + 1][b.length() + 1];
        for (int i = a.length() - 1; i >= 0; i--) {
            for (int j = b.length() - 1; j >= 0; j--) {
                length[i][j] = a.charAt(i) == b.charAt(j)
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length[0][0];
    }

    private static void assertAscending(List<Match> matches) {
        for (int i = 1; i < matches.size(); i++) {
            assertTrue(matches.get(i - 1).left() < matches.get(i).left());
            assertTrue(matches.get(i - 1).right() < matches.get(i).right());
        }
    }
}
