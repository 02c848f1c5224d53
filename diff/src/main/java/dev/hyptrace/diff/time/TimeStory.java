package dev.hyptrace.diff.time;

import dev.hyptrace.diff.explain.Words;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.HypercallRow;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.time.Interrupts.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a report says of time: how much it explains, by which proof, and where the two sides are first interrupted apart. */
public final class TimeStory {
    private static final int MOST_FIELDS = 12;

    private final TimeEvidence evidence;
    private final Interrupts left;
    private final Interrupts right;

    /**
     * @param evidence what was shown
     * @param left the interrupts of the recording
     * @param right those of the run
     */
    public TimeStory(TimeEvidence evidence, Interrupts left, Interrupts right) {
        this.evidence = evidence;
        this.left = left;
        this.right = right;
    }

    /** One sentence each; none when nothing is explained by time. */
    public List<String> lines(DiffResult result) {
        List<Divergence> timed = result.findings().list().stream()
                .filter(Divergence::isFinding)
                .filter(TimeStory::isTime)
                .toList();
        if (timed.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Explained by time: " + count(timed.size(), "finding") + " (" + fields(timed)
                + "). Proof: the image was run again on our own machine with its clock "
                + String.join(", ", evidence.clocks()) + "; what such a run changes depends on nothing but time.");
        Divergence first = timed.get(0);
        lines.add("First: " + Words.place(first.place()) + ", " + first.field() + ": left "
                + Words.value(first.field(), first.left()) + ", right "
                + Words.value(first.field(), first.right()) + ".");
        parting(result).ifPresent(lines::add);
        return lines;
    }

    private static boolean isTime(Divergence divergence) {
        return divergence.verdict().severity() == Severity.EXPLAINED
                && divergence
                        .verdict()
                        .cause()
                        .filter(cause -> cause.kind() == CauseClass.TIME)
                        .isPresent();
    }

    private static String fields(List<Divergence> timed) {
        Map<String, Long> counts =
                timed.stream().collect(Collectors.groupingBy(Divergence::field, TreeMap::new, Collectors.counting()));
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_FIELDS)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return counts.size() > MOST_FIELDS ? most + " and " + (counts.size() - MOST_FIELDS) + " other fields" : most;
    }

    /** Where the two are first interrupted at other instructions between two hypercalls that correspond. */
    private Optional<String> parting(DiffResult result) {
        for (HypercallRow row : result.hypercalls().rows()) {
            if (row.left().isEmpty() || row.right().isEmpty()) {
                continue;
            }
            int l = row.left().get().number();
            int r = row.right().get().number();
            Taken onLeft = left.since(l);
            Taken onRight = right.since(r);
            if (onLeft.count() != onRight.count() || !onLeft.address().equals(onRight.address())) {
                return Optional.of("From hypercall " + l + (l == r ? "" : " (right: " + r + ")")
                        + " on Hyp mode is interrupted at other instructions: before the next one the left side takes "
                        + words(onLeft) + ", the right side " + words(onRight) + ".");
            }
        }
        return Optional.empty();
    }

    private static String words(Taken taken) {
        return taken.count() == 0 ? "no interrupt" : count(taken.count(), "interrupt") + ", the first " + taken.first();
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
