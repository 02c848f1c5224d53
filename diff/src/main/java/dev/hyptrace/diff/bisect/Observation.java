package dev.hyptrace.diff.bisect;

import java.util.ArrayList;
import java.util.List;

/**
 * What a test showed.
 *
 * @param verdict what follows from it
 * @param evidence why, one line an element; the first says it all
 */
public record Observation(Verdict verdict, List<String> evidence) {
    public Observation {
        evidence = evidence.stream()
                .map(line -> line.replaceAll("\\R", " ").stripTrailing())
                .filter(line -> !line.isBlank())
                .toList();
    }

    public static Observation good(String... evidence) {
        return new Observation(Verdict.GOOD, List.of(evidence));
    }

    public static Observation bad(String... evidence) {
        return new Observation(Verdict.BAD, List.of(evidence));
    }

    /** For a build that cannot be tested. */
    public static Observation skip(String reason) {
        return new Observation(Verdict.SKIP, List.of(reason));
    }

    /**
     * What several tests of one build show together: that it cannot be tested if one of them could not, or they disagree; else
     * what the first shows.
     *
     * @param tests at least one
     */
    public static Observation together(List<Observation> tests) {
        for (Observation test : tests) {
            if (test.verdict() == Verdict.SKIP) {
                return test;
            }
        }
        long good =
                tests.stream().filter(test -> test.verdict() == Verdict.GOOD).count();
        if (good == 0 || good == tests.size()) {
            return tests.get(0);
        }
        List<String> evidence = new ArrayList<>();
        evidence.add("flaky: good in " + good + " of " + tests.size() + " runs");
        tests.stream()
                .filter(test -> test.verdict() == Verdict.BAD)
                .findFirst()
                .ifPresent(test -> evidence.addAll(test.evidence()));
        return new Observation(Verdict.SKIP, evidence);
    }

    /** What several properties of one run show together: the first that is not good, else the first. */
    public static Observation all(List<Observation> properties) {
        return properties.stream()
                .filter(property -> property.verdict() == Verdict.SKIP)
                .findFirst()
                .or(() -> properties.stream()
                        .filter(property -> property.verdict() == Verdict.BAD)
                        .findFirst())
                .orElseGet(() -> properties.get(0));
    }
}
