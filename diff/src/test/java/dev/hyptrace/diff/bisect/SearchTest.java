package dev.hyptrace.diff.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SearchTest {
    @Test
    void everyFirstBadBuild_ofEverySeries_isFoundWithinTheStepsThatWereSaid() {
        for (int size = 2; size <= 70; size++) {
            for (int firstBad = 1; firstBad < size; firstBad++) {
                Search search = new Search(size);
                int said = search.stepsLeft();
                int steps = search(search, firstBad, Set.of()).size();
                assertTrue(steps <= said, size + " builds, " + firstBad + ": " + steps + " steps");
                assertEquals(List.of(firstBad), search.suspects());
            }
        }
    }

    @Test
    void stepsLeft_of32Builds_are5() {
        assertEquals(5, new Search(32).stepsLeft());
        assertEquals(0, new Search(2).stepsLeft());
        assertEquals(1, new Search(3).stepsLeft());
    }

    @Test
    void skippedMiddle_isAvoidedFromAfar() {
        Search search = new Search(33);
        assertEquals(OptionalInt.of(16), search.next());
        search.learn(16, Verdict.SKIP);
        assertEquals(OptionalInt.of(8), search.next());
        search.learn(8, Verdict.GOOD);
        assertEquals(OptionalInt.of(20), search.next());
    }

    @Test
    void skippedBuildsAtTheBoundary_leaveARange() {
        Search search = new Search(16);
        search(search, 9, Set.of(7, 8));
        assertEquals(List.of(7, 8, 9), search.suspects());
        assertEquals(6, search.good());
        assertEquals(List.of(7, 8), search.skipped());
    }

    @Test
    void skippedBuildsElsewhere_doNotMatter() {
        Search search = new Search(16);
        search(search, 9, Set.of(1, 2, 3, 12, 13));
        assertEquals(List.of(9), search.suspects());
    }

    @Test
    void search_withAnySkippedBuilds_isRightAndEnds() {
        Random random = new Random(20);
        for (int i = 0; i < 2000; i++) {
            int size = 2 + random.nextInt(60);
            int firstBad = 1 + random.nextInt(size - 1);
            Set<Integer> skipped = new TreeSet<>();
            random.ints(random.nextInt(size), 0, size).forEach(skipped::add);
            Search search = new Search(size);
            search(search, firstBad, skipped);
            assertTrue(search.good() < firstBad && firstBad <= search.bad());
            List<Integer> suspects = search.suspects();
            assertTrue(skipped.containsAll(suspects.subList(0, suspects.size() - 1)), () -> suspects.toString());
        }
    }

    @Test
    void seriesOfOne_isNone() {
        assertThrows(IllegalArgumentException.class, () -> new Search(1));
    }

    @Test
    void verdictOnABuildOutside_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Search(4).learn(3, Verdict.GOOD));
    }

    /** Searches, and answers what was tested. */
    private static List<Integer> search(Search search, int firstBad, Set<Integer> skipped) {
        List<Integer> tested = new ArrayList<>();
        for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
            int build = next.getAsInt();
            assertTrue(!tested.contains(build), "tested twice: " + build);
            tested.add(build);
            Verdict verdict = build < firstBad ? Verdict.GOOD : Verdict.BAD;
            search.learn(build, skipped.contains(build) ? Verdict.SKIP : verdict);
        }
        return tested;
    }
}
