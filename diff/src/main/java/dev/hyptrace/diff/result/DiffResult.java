package dev.hyptrace.diff.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * Everything a comparison found.
 *
 * @param left what the left side is called: a file name, as the user gave it
 * @param right what the right side is called
 * @param hypercalls the calls side by side
 * @param fields how many fields were compared, and how many could not be
 * @param findings the divergences
 * @param story what happened, in the words of someone who knows the hyp stub; empty when it shows no known pattern
 * @param time what was shown to depend on time, and where the two sides part by it; empty when nothing was
 * @param steps how many steps were compared, in step replay
 */
public record DiffResult(
        String left,
        String right,
        Hypercalls hypercalls,
        Fields fields,
        Findings findings,
        List<String> story,
        List<String> time,
        OptionalLong steps) {
    public DiffResult {
        story = List.copyOf(story);
        time = List.copyOf(time);
    }

    /** Nothing is said about time. */
    public DiffResult(
            String left,
            String right,
            Hypercalls hypercalls,
            Fields fields,
            Findings findings,
            List<String> story,
            OptionalLong steps) {
        this(left, right, hypercalls, fields, findings, story, List.of(), steps);
    }

    /** The same, with what is to be said about time. */
    public DiffResult withTime(List<String> lines) {
        return new DiffResult(left, right, hypercalls, fields, findings, story, lines, steps);
    }

    /** The answer. A divergence outweighs that nothing was compared; what is explained, or a warning, is no divergence. */
    public Status status() {
        if (findings.divergences() > 0) {
            return Status.DIFFERENT;
        }
        return fields.total().compared() == 0 ? Status.NOTHING_COMPARED : Status.SAME;
    }
}
