package dev.hyptrace.diff;

import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Runs comparisons and puts what they found into a line each. */
public final class Diffs {
    private Diffs() {}

    public static DiffResult diff(List<Hypercall> left, List<Hypercall> right) {
        return diff(left, right, DiffOptions.standard());
    }

    public static DiffResult diff(List<Hypercall> left, List<Hypercall> right, DiffOptions options) {
        try {
            return TraceDiff.compare(
                    "left",
                    HypercallSource.of(left.iterator()),
                    "right",
                    HypercallSource.of(right.iterator()),
                    options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The findings, each as {@code "hypercall 3 return vector HVBAR 0x40010900 0x40010920"}. */
    public static List<String> findings(DiffResult result) {
        return result.findings().list().stream()
                .filter(Divergence::isFinding)
                .map(Diffs::line)
                .collect(Collectors.toList());
    }

    /** What follows from findings, in the same form. */
    public static List<String> followers(DiffResult result) {
        return result.findings().list().stream()
                .filter(divergence -> !divergence.isFinding())
                .map(Diffs::line)
                .collect(Collectors.toList());
    }

    private static String line(Divergence divergence) {
        String place = divergence.place().point() == Point.STEP
                ? "step " + divergence.place().step().orElse(-1)
                : "hypercall " + divergence.place().hypercall().orElse(-1) + " "
                        + divergence.place().point().text();
        return place + " " + divergence.kind().text() + " " + divergence.field() + " "
                + divergence.left().text().orElse("none") + " "
                + divergence.right().text().orElse("none");
    }
}
