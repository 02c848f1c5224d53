package dev.hyptrace.diff.bisect;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session found.
 *
 * @param good the last build known to be good, from 0
 * @param bad the first build known to be bad
 * @param steps how many builds between the ends were tested or skipped
 * @param skipped the builds that could not be tested, and what they showed
 * @param introduced how the bad build differs from the good one
 */
public record Finding(int good, int bad, int steps, Map<Integer, Observation> skipped, List<String> introduced) {
    public Finding {
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        introduced = List.copyOf(introduced);
    }

    /** Whether the first bad build is known, and not merely a range that it is in. */
    public boolean isExact() {
        return bad == good + 1;
    }
}
