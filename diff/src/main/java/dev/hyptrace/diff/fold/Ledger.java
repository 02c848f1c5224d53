package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Findings;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The divergences found so far: the first findings, the first that follow from each, and how many there were in all.
 *
 * <p>As many followers are kept as findings, and of one finding at most {@value #MAX_FOLLOWERS}, so that neither crowds out
 * the other.
 */
public final class Ledger {
    static final int MAX_FOLLOWERS = 100;

    private final int most;
    private final List<Entry> kept = new ArrayList<>();
    private final Map<Severity, Long> findings = new EnumMap<>(Severity.class);
    private Entry lead;
    private int keptFindings;
    private long folded;

    /** @param most how many findings are kept */
    public Ledger(int most) {
        this.most = most;
        for (Severity severity : Severity.values()) {
            findings.put(severity, 0L);
        }
    }

    /** Enters a difference that stands for itself. */
    public Entry finding(Difference difference, Place place) {
        Entry entry = Entry.finding(difference, place);
        findings.merge(entry.severity(), 1L, Long::sum);
        if (keptFindings < most) {
            keptFindings++;
            keep(entry);
        }
        return entry;
    }

    /** Enters a difference that follows from a finding. */
    public Entry follower(Difference difference, Place place, Consequence consequence) {
        Entry root = consequence.cause().root();
        if (consequence.proves() && root.severity() == Severity.WARNING) {
            reclassify(root, Severity.DIVERGENCE);
        }
        Entry entry = Entry.follower(difference, place, root, consequence.because());
        folded++;
        if (root.isKept() && kept.size() - keptFindings < most && root.countFollower() <= MAX_FOLLOWERS) {
            keep(entry);
        }
        return entry;
    }

    /** Gives a finding another severity. */
    public void reclassify(Entry finding, Severity severity) {
        findings.merge(finding.severity(), -1L, Long::sum);
        findings.merge(severity, 1L, Long::sum);
        finding.severity(severity);
    }

    /** Whether there is a finding that is neither explained nor a mere warning. */
    public boolean hasDivergences() {
        return findings.get(Severity.DIVERGENCE) > 0;
    }

    /** The findings that are kept, in order. */
    public List<Entry> keptFindings() {
        return kept.stream().filter(Entry::isFinding).toList();
    }

    /** What was entered. */
    public Findings findings() {
        return new Findings(
                lead().map(Entry::number).orElse(0),
                kept.stream().map(Entry::toDivergence).toList(),
                findings.get(Severity.DIVERGENCE),
                findings.get(Severity.EXPLAINED),
                findings.get(Severity.WARNING),
                folded);
    }

    /** Has the report begin with this finding, and not with the first one. */
    public void lead(Entry finding) {
        lead = finding.root();
    }

    /** Condition flags are often left over from something that does not matter to the call. */
    private Optional<Entry> lead() {
        if (lead != null && lead.isKept()) {
            return Optional.of(lead);
        }
        List<Entry> candidates = kept.stream()
                .filter(entry -> entry.isFinding() && entry.severity() == Severity.DIVERGENCE)
                .toList();
        return candidates.stream()
                .filter(entry -> !entry.difference().is("CPSR.NZCVQ")
                        && !entry.difference().is("CPSR.GE"))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private void keep(Entry entry) {
        kept.add(entry);
        entry.number(kept.size());
    }
}
