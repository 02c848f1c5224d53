package dev.hyptrace.diff.bisect;

import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.TraceDiff;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.address.MovedCode;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.AddressMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares runs of two builds: code may lie elsewhere in the other one. */
final class Comparison {
    private final DiffOptions options;

    Comparison(DiffOptions options) {
        this.options = options;
    }

    DiffResult compare(Trace left, Trace right) throws IOException {
        List<AddressMap> maps = new ArrayList<>(options.maps().explicit());
        maps.addAll(MovedCode.maps(
                AnsweredCalls.of(left).calls(), AnsweredCalls.of(right).calls()));
        return TraceDiff.compare(left, right, options.withMaps(new AddressMaps(maps, List.of(), List.of())));
    }
}
