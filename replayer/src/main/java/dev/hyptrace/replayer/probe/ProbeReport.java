package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Sha256;
import java.util.List;

/**
 * All that was found out about an occupant.
 *
 * @param occupant who was called
 * @param results what came of each case, in the order of the cases
 */
public record ProbeReport(Occupant occupant, List<ProbeResult> results) {
    public ProbeReport {
        results = List.copyOf(results);
    }

    /**
     * One line per case, ended by a line feed: what was tried, and what it did. The same for the same behaviour wherever the
     * image lies, and the same each time.
     */
    public String canonicalText() {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(result.line()).append('\n'));
        return text.toString();
    }

    /** The SHA-256 of {@link #canonicalText} in hexadecimal. */
    public String fingerprint() {
        return Sha256.ofText(canonicalText());
    }
}
