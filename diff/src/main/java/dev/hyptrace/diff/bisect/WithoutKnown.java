package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.abi.catalogue.Catalogue;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.traces.Trace;
import java.io.IOException;
import java.util.List;

/** That a build shows none of certain entries of the {@link Catalogue}. */
public final class WithoutKnown implements Property {
    private final List<String> ids;

    /** @param ids of entries that hypercalls show */
    public WithoutKnown(List<String> ids) {
        this.ids = List.copyOf(ids);
    }

    @Override
    public String description() {
        return "without " + String.join(" and ", ids);
    }

    @Override
    public Observation judge(Trace run) throws IOException {
        List<String> found = Catalogue.recognised(AnsweredCalls.of(run).calls()).stream()
                .filter(recognition -> ids.contains(recognition.entry().id()))
                .map(recognition -> "hypercall " + recognition.hypercall() + ": " + recognition.text())
                .toList();
        return found.isEmpty()
                ? Observation.good("nothing is seen of " + String.join(" and ", ids))
                : new Observation(Verdict.BAD, found);
    }
}
