package dev.hyptrace.diff.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions, their logs, and their repetition. */
class BisectionTest {
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void session_findsTheFirstBadBuild_andWhatItIntroduced() throws Exception {
        Finding finding = run(begin(8), new StringBuilder());
        assertEquals(4, finding.good());
        assertEquals(5, finding.bad());
        assertTrue(finding.isExact());
        assertEquals(List.of("5 is unlike 4"), finding.introduced());
        assertEquals(List.of(0, 7, 3, 5, 4), asked);
        assertEquals(3, finding.steps());
    }

    @Test
    void log_isTheSameEachTime() throws Exception {
        StringBuilder log = new StringBuilder();
        run(begin(8), log);
        assertEquals("""
                test 1 good
                  fine
                test 8 bad
                  broken
                  very
                test 4 good
                  fine
                test 6 bad
                  broken
                  very
                test 5 good
                  fine
                introduced 5 6
                  5 is unlike 4
                """, log.substring(log.indexOf("test 1")));
        StringBuilder again = new StringBuilder();
        run(begin(8), again);
        assertEquals(log.toString(), again.toString());
    }

    @Test
    void replay_asksNothing_andSaysTheSame() throws Exception {
        StringBuilder log = new StringBuilder();
        Finding finding = run(begin(8), log);
        asked.clear();
        StringBuilder again = new StringBuilder();
        assertEquals(finding, run(read(log.toString()), again));
        assertEquals(List.of(), asked);
        assertEquals(log.toString(), again.toString());
    }

    @Test
    void replay_ofAKilledSession_asksTheRest() throws Exception {
        StringBuilder log = new StringBuilder();
        Finding finding = run(begin(8), log);
        int killed = log.indexOf("test 6");
        asked.clear();
        assertEquals(finding, run(read(log.substring(0, killed + 4)), new StringBuilder()));
        assertEquals(List.of(5, 4), asked);
    }

    @Test
    void badGoodEnd_isSaid() {
        EndException e =
                assertThrows(EndException.class, () -> new Bisection(test(0, -1), begin(3), new StringBuilder())
                        .run(new Listener()));
        assertEquals(
                "build-0: the good end of the series is bad, so that there is nothing to search: broken",
                e.getMessage());
    }

    @Test
    void badEndThatCannotBeTested_isSaid() {
        EndException e = assertThrows(
                EndException.class, () -> new Bisection(test(1, 2), begin(3), new StringBuilder()).run(new Listener()));
        assertEquals(
                "build-2: the bad end of the series cannot be tested, so that there is nothing to search: dead",
                e.getMessage());
    }

    @Test
    void skippedBuild_isNamed() throws Exception {
        Finding finding = new Bisection(test(5, 4), begin(8), new StringBuilder()).run(new Listener());
        assertEquals(List.of(4), List.copyOf(finding.skipped().keySet()));
        assertEquals(3, finding.good());
        assertEquals(5, finding.bad());
        assertTrue(!finding.isExact());
    }

    @Test
    void logOfOtherBuilds_isRefused() throws Exception {
        SessionLog log = begin(3);
        List<Build> others = new ArrayList<>(log.builds());
        others.set(1, new Build("other", "f".repeat(64)));
        TraceFormatException e = assertThrows(TraceFormatException.class, () -> log.requireSame("log", "what", others));
        assertEquals(
                "log: build 2: the session was about another build-1 than other as it is: their SHA-256 differ",
                e.getMessage());
        assertThrows(TraceFormatException.class, () -> log.requireSame("log", "else", log.builds()));
        assertThrows(TraceFormatException.class, () -> log.requireSame("log", "what", others.subList(0, 2)));
        log.requireSame("log", "what", log.builds());
    }

    @Test
    void brokenLogs_areRefusedByLine() {
        String head = "hyptrace bisect 1\nproperty what\nbuild 1 " + "0".repeat(64) + " a\nbuild 2 " + "1".repeat(64)
                + " b\n";
        assertProblem("log: line 1: ", "something else\n");
        assertProblem("log: line 2: ", "hyptrace bisect 1\nbuild\n");
        assertProblem("log: line 5: ", head + "tset 1 good\n");
        assertProblem("log: line 6: ", head + "test 3 good\n");
        assertProblem("log: line 6: ", head + "test 1 splendid\n");
        assertProblem("log: line 4: ", head.substring(0, head.indexOf("build 2")));
        assertProblem("log: line 3: ", "hyptrace bisect 1\nproperty what\nbuild 2 " + "0".repeat(64) + " a\n");
    }

    @Test
    void observations_thatDisagree_areFlaky() {
        Observation together =
                Observation.together(List.of(Observation.good("fine"), Observation.bad("broken", "very")));
        assertEquals(new Observation(Verdict.SKIP, List.of("flaky: good in 1 of 2 runs", "broken", "very")), together);
        assertEquals(
                Observation.good("fine"),
                Observation.together(List.of(Observation.good("fine"), Observation.good("fine"))));
        assertEquals(
                Observation.skip("dead"),
                Observation.together(List.of(Observation.good("fine"), Observation.skip("dead"))));
    }

    private static void assertProblem(String beginning, String log) {
        TraceFormatException e = assertThrows(TraceFormatException.class, () -> read(log));
        assertTrue(e.getMessage().startsWith(beginning), e::getMessage);
    }

    private Finding run(SessionLog known, Appendable log) throws IOException, EndException {
        return new Bisection(test(5, -1), known, log).run(new Listener());
    }

    private BuildTest test(int firstBad, int dead) {
        return new BuildTest() {
            @Override
            public Observation test(int build) {
                asked.add(build);
                if (build == dead) {
                    return Observation.skip("dead");
                }
                return build < firstBad ? Observation.good("fine") : Observation.bad("broken", "very");
            }

            @Override
            public List<String> introduced(int good, int bad) {
                return List.of(bad + " is unlike " + good);
            }
        };
    }

    private static SessionLog begin(int size) {
        return SessionLog.begin(
                "what",
                IntStream.range(0, size)
                        .mapToObj(i -> new Build("build-" + i, String.format("%064x", i)))
                        .toList());
    }

    private static SessionLog read(String log) throws IOException {
        return SessionLog.read("log", new BufferedReader(new StringReader(log)));
    }

    private static final class Listener implements SessionListener {
        @Override
        public void end(int build, Observation observation) {
            // Nothing to say.
        }

        @Override
        public void step(int step, int build, Observation observation, int left) {
            // Nothing to say.
        }
    }
}
