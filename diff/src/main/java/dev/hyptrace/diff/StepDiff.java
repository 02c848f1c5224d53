package dev.hyptrace.diff;

import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.replayer.ReplayedEvent;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares a recording with its step replay: the left side is what was recorded, the right side what the emulator makes of
 * the state recorded just before.
 *
 * <p>Every field that was recorded and could be predicted is compared at every event. A divergence at the HVC, at the vector
 * or at the return belongs to that hypercall; any other is reported at its step. Each event is predicted from the recording
 * before it, so that one divergence does not lead to the next; what nevertheless follows, because the recording was off at
 * one moment only, or because the same instruction is executed again, is folded
 * ({@link dev.hyptrace.diff.fold.StepRules}). A divergence that the replay attributes to the recording's source is explained:
 * it is reported, and is no failure.
 *
 * <p>Memory does not grow with the number of steps.
 */
public final class StepDiff {
    /** What reports call the right side. */
    public static final String EMULATOR = "emulator";

    private StepDiff() {}

    /** Reads all events and compares each; the name is what reports call the recording. */
    public static DiffResult compare(String name, ReplayedEvents events, DiffOptions options) throws IOException {
        StepComparison comparison = new StepComparison(options);
        for (ReplayedEvent event = events.next(); event != null; event = events.next()) {
            comparison.accept(event);
        }
        ReplayedHypercalls hypercalls = comparison.finish();
        return new DiffResult(
                name,
                EMULATOR,
                hypercalls.table().hypercalls(),
                comparison.tally().fields(),
                comparison.ledger().findings(),
                List.of(),
                OptionalLong.of(comparison.steps()));
    }
}
