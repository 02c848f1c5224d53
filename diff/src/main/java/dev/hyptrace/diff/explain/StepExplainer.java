package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Cause;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hex;
import java.util.Optional;

/** Explains a difference between what was recorded and what the emulator makes of the event before. */
public final class StepExplainer {
    private StepExplainer() {}

    /**
     * A difference.
     *
     * @param replayed the event at which it shows
     * @param writer the instruction executed before it, where there is one
     */
    public static Explained explain(Difference difference, ReplayedEvent replayed, Optional<Writer> writer) {
        String recorded = Words.value(difference.name(), difference.left());
        String computed = Words.value(difference.name(), difference.right());
        String text = difference.name() + " is recorded as " + recorded + ", and the emulator has " + computed
                + " after " + event(replayed.recorded(), writer) + ".";
        return new Explained(text, next(replayed, writer), replayed.cause().map(StepExplainer::cause));
    }

    private static String event(Event event, Optional<Writer> writer) {
        if (event instanceof Event.ExceptionEntry entry) {
            return "exception entry (" + entry.kind().manualName() + ")";
        }
        String what = event instanceof Event.ExceptionReturn ? "the exception return" : "the instruction";
        return writer.isPresent() ? what + " at " + Hex.word(writer.get().address()) : "what ran before";
    }

    private static String next(ReplayedEvent replayed, Optional<Writer> writer) {
        if (replayed.cause().isPresent()) {
            return "";
        }
        return writer.map(w ->
                        "Hold the instruction against the manual with the state before it: hyptrace show FILE --step "
                                + w.step() + ".")
                .orElse("See what the recording holds there: hyptrace show FILE --step " + replayed.stepIndex() + ".");
    }

    private static Cause cause(ReplayedEvent.Cause cause) {
        CauseClass kind =
                switch (cause.kind()) {
                    case UNPREDICTABLE -> CauseClass.UNPREDICTABLE;
                    case IMPLEMENTATION_DEFINED -> CauseClass.IMPLEMENTATION_DEFINED;
                    case SOURCE_DEVIATION -> CauseClass.SOURCE_DEVIATION;
                    case NOT_MODELLED -> CauseClass.NOT_MODELLED;
                };
        return new Cause(kind, cause.text());
    }
}
