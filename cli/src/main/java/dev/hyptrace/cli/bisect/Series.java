package dev.hyptrace.cli.bisect;

import dev.hyptrace.cli.outcome.CommandException;
import dev.hyptrace.diff.bisect.SessionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The builds that a command line means, the good end first and the bad end last. */
public final class Series {
    private Series() {}

    /**
     * The series.
     *
     * @param builds as given
     * @param good the good end, or null for the first of them
     * @param bad the bad end, or null for the last of them
     * @param known a log that names the builds where none are given
     */
    public static List<Path> of(List<Path> builds, Path good, Path bad, Optional<SessionLog> known) {
        List<Path> series = new ArrayList<>(builds);
        if (series.isEmpty() && good == null && bad == null) {
            known.ifPresent(log -> log.builds().forEach(build -> series.add(Path.of(build.name()))));
        }
        if (good != null && !series.contains(good)) {
            series.add(0, good);
        }
        if (bad != null && !series.contains(bad)) {
            series.add(bad);
        }
        int first = good == null ? 0 : series.indexOf(good);
        int last = bad == null ? series.size() - 1 : series.lastIndexOf(bad);
        if (last < first) {
            throw new CommandException(
                    series.isEmpty()
                            ? "no builds are given"
                            : bad + ": the bad end stands before the good end " + good
                                    + ", expected the oldest build first");
        }
        if (last == first) {
            throw new CommandException("a series of one build, expected 2 or more");
        }
        return List.copyOf(series.subList(first, last + 1));
    }
}
