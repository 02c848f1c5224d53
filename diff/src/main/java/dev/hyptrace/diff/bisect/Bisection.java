package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.bisect.SessionLog.Pair;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A session: tests both ends, then builds between them until the first bad one is known, or only such are left as cannot be
 * tested.
 */
public final class Bisection {
    private final List<Build> builds;
    private final BuildTest test;
    private final SessionLog known;
    private final Appendable log;
    private final Map<Integer, Observation> skipped = new TreeMap<>();

    /**
     * @param test makes the tests that the log does not answer
     * @param known a log of the same question: what it answers is not asked again
     * @param log takes the log of this session, entry by entry
     */
    public Bisection(BuildTest test, SessionLog known, Appendable log) {
        this.builds = known.builds();
        this.test = test;
        this.known = known;
        this.log = log;
    }

    /**
     * Searches.
     *
     * @throws EndException when the first build is not good or the last one not bad
     */
    public Finding run(SessionListener listener) throws IOException, EndException {
        log.append(known.head());
        end(0, Verdict.GOOD, listener);
        end(builds.size() - 1, Verdict.BAD, listener);
        Search search = new Search(builds.size());
        int steps = 0;
        for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
            int build = next.getAsInt();
            Observation observation = tested(build);
            search.learn(build, observation.verdict());
            if (observation.verdict() == Verdict.SKIP) {
                skipped.put(build, observation);
            }
            listener.step(++steps, build, observation, search.stepsLeft());
        }
        Pair pair = new Pair(search.good(), search.bad());
        return new Finding(pair.good(), pair.bad(), steps, skipped, introduced(pair));
    }

    private void end(int build, Verdict expected, SessionListener listener) throws IOException, EndException {
        Observation observation = tested(build);
        listener.end(build, observation);
        if (observation.verdict() != expected) {
            String is = observation.verdict() == Verdict.SKIP
                    ? "cannot be tested"
                    : "is " + observation.verdict().text();
            String why = observation.evidence().isEmpty()
                    ? ""
                    : ": " + observation.evidence().get(0);
            throw new EndException(builds.get(build).name() + ": the " + expected.text() + " end of the series " + is
                    + ", so that there is nothing to search" + why);
        }
    }

    private Observation tested(int build) throws IOException {
        Observation answer = known.tests().get(build);
        Observation observation = answer == null ? test.test(build) : answer;
        log.append(SessionLog.entry(build, observation));
        return observation;
    }

    private List<String> introduced(Pair pair) throws IOException {
        List<String> answer = known.comparisons().get(pair);
        List<String> lines = answer == null ? test.introduced(pair.good(), pair.bad()) : answer;
        log.append(SessionLog.entry(pair, lines));
        return lines;
    }
}
