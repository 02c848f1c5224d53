package dev.hyptrace.diff;

import dev.hyptrace.diff.align.Aligned;
import dev.hyptrace.diff.align.HypercallAligner;
import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.diff.align.Similarity;
import dev.hyptrace.diff.derive.NextEntry;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import java.io.IOException;

/**
 * Compares two recordings hypercall by hypercall.
 *
 * <ol>
 *   <li>The hypercalls of each come from a {@link HypercallSource}; {@link NextEntry} adds what one of them says about the
 *       one before.
 *   <li>{@link HypercallAligner} finds which of the left correspond to which of the right.
 *   <li>{@code HypercallComparison} compares each pair at the HVC, at the vector and at the return
 *       ({@link dev.hyptrace.diff.compare.PairComparer}), folds differences under those that they follow from
 *       ({@link dev.hyptrace.diff.fold.HypercallRules}) and explains the others
 *       ({@link dev.hyptrace.diff.explain.HypercallExplainer}).
 *   <li>A presenter of {@code report} renders the {@link DiffResult}.
 * </ol>
 *
 * <p>Memory does not grow with the length of the recordings: a window of hypercalls is held for alignment, and the numbers of
 * divergences and table rows in the result are bounded.
 */
public final class TraceDiff {
    private TraceDiff() {}

    /**
     * Compares two traces, with the address maps of their headers besides those of the options. A trace that holds steps is
     * read a second time, to find the instructions that wrote what differs.
     */
    public static DiffResult compare(Trace left, Trace right, DiffOptions options) throws IOException {
        DiffOptions mapped = options.withMaps(
                options.maps().withHeaders(left.header().maps(), right.header().maps()));
        HypercallComparison comparison;
        try (Hypercalls.Reader lefts = Hypercalls.reader(left);
                Hypercalls.Reader rights = Hypercalls.reader(right)) {
            comparison = compare(lefts::next, rights::next, mapped);
        }
        comparison.writers().find(left, Side.LEFT, options.leftSymbols());
        comparison.writers().find(right, Side.RIGHT, options.rightSymbols());
        return comparison.result(left.name(), right.name());
    }

    /** Compares two sequences of hypercalls; the names are what reports call them. */
    public static DiffResult compare(
            String leftName, HypercallSource left, String rightName, HypercallSource right, DiffOptions options)
            throws IOException {
        return compare(left, right, options).result(leftName, rightName);
    }

    private static HypercallComparison compare(HypercallSource left, HypercallSource right, DiffOptions options)
            throws IOException {
        HypercallAligner aligner = new HypercallAligner(
                new Similarity(options.maps()), new NextEntry(left), new NextEntry(right), options.window());
        HypercallComparison comparison = new HypercallComparison(options);
        for (Aligned aligned = aligner.next(); aligned != null; aligned = aligner.next()) {
            comparison.accept(aligned);
        }
        return comparison;
    }
}
