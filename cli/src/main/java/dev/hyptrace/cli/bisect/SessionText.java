package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.bisect.Build;
import dev.hyptrace.diff.bisect.Finding;
import dev.hyptrace.diff.bisect.Observation;
import dev.hyptrace.diff.bisect.Search;
import dev.hyptrace.diff.bisect.SessionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** A session as it goes, for people. */
public final class SessionText implements SessionListener {
    private final Writer out;
    private final List<Build> builds;

    public SessionText(Writer out, List<Build> builds) {
        this.out = out;
        this.builds = List.copyOf(builds);
    }

    /** How long it will take. */
    public void begin() {
        line(builds.size() + " builds, " + left(new Search(builds.size()).stepsLeft()) + " after both ends");
    }

    @Override
    public void end(int build, Observation observation) {
        tested(build == 0 ? "good end" : "bad end", build, observation, "");
    }

    @Override
    public void step(int step, int build, Observation observation, int left) {
        tested("step " + step, build, observation, "; " + left(left));
    }

    private void tested(String what, int build, Observation observation, String left) {
        line(what + ": " + name(build) + ": " + observation.verdict().text() + left);
        observation.evidence().stream().limit(1).forEach(line -> line("  " + line));
    }

    private static String left(int steps) {
        return switch (steps) {
            case 0 -> "no step left";
            case 1 -> "1 step left";
            default -> steps + " steps left";
        };
    }

    /** What was found. */
    public void finish(Finding finding) {
        line("");
        if (finding.isExact()) {
            line("First bad build: " + name(finding.bad()));
        } else {
            line("The first bad build is one of these, of which only the last one can be tested:");
            for (int build = finding.good() + 1; build <= finding.bad(); build++) {
                line("  " + name(build));
            }
        }
        line("Last good build: " + name(finding.good()));
        line(builds.get(finding.bad()).name() + " differs from it so:");
        finding.introduced().forEach(line -> line("  " + line));
        for (Map.Entry<Integer, Observation> skipped : finding.skipped().entrySet()) {
            List<String> why = skipped.getValue().evidence();
            line("Skipped: " + name(skipped.getKey()) + (why.isEmpty() ? "" : ": " + why.get(0)));
        }
        int tested = finding.steps() - finding.skipped().size();
        line("Builds tested: both ends and " + tested + "; skipped: "
                + finding.skipped().size());
    }

    private String name(int build) {
        return builds.get(build).name() + " (" + (build + 1) + " of " + builds.size() + ")";
    }

    private void line(String text) {
        try {
            out.append(text).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
