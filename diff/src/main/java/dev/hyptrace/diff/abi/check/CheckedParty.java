package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import java.util.Optional;

/**
 * What a check says of one party of a trace.
 *
 * @param attribution what explains it
 * @param mismatch that its caller speaks another ABI, where that shows
 */
public record CheckedParty(Attribution attribution, Optional<Mismatch> mismatch) {
    /**
     * Checks all parties of a trace.
     *
     * @param library what may explain them
     * @param callers what their callers may speak
     */
    public static List<CheckedParty> of(List<Hypercall> calls, List<Abi> library, Level level, List<Abi> callers) {
        return Attribution.of(calls, library, level).stream()
                .map(party -> new CheckedParty(party, Mismatch.of(party, callers)))
                .toList();
    }

    /** Whether it is explained, and its caller speaks what it speaks. */
    public boolean isSound() {
        return !attribution.best().isEmpty() && mismatch.isEmpty();
    }
}
