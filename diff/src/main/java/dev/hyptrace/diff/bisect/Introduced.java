package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.abi.catalogue.Catalogue;
import dev.hyptrace.diff.abi.catalogue.Recognition;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.traces.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a bad build does that a good one before it did not. */
public final class Introduced {
    private Introduced() {}

    /** Known divergences that are new, by name; then the first lines of the comparison, the good one on the left. */
    public static List<String> lines(Trace good, Trace bad, DiffOptions options) throws IOException {
        Set<String> old = recognised(good).stream()
                .map(recognition -> recognition.entry().id())
                .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        recognised(bad).stream()
                .filter(recognition -> !old.contains(recognition.entry().id()))
                .map(Recognition::text)
                .forEach(lines::add);
        lines.addAll(DiffLines.of(new Comparison(options).compare(good, bad)));
        return lines;
    }

    private static List<Recognition> recognised(Trace run) throws IOException {
        return Catalogue.recognised(AnsweredCalls.of(run).calls());
    }
}
