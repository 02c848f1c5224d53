package dev.hyptrace.diff.result;

import java.util.List;

/**
 * The divergences of a comparison: as many as fit the bound, and how many there were of each sort.
 *
 * @param lead the number of the divergence that says most, with which a report begins; 0 when there is none
 * @param list those that are kept, in the order in which they were found; a divergence stands after the one it follows
 * @param divergences findings that are neither explained nor mere warnings
 * @param explained findings with a known cause in the recording's source
 * @param warnings findings that rest on a derived value
 * @param folded divergences that follow from a finding
 */
public record Findings(int lead, List<Divergence> list, long divergences, long explained, long warnings, long folded) {
    public Findings {
        list = List.copyOf(list);
    }

    /** How many were counted but are not in the list. */
    public long omitted() {
        return divergences + explained + warnings + folded - list.size();
    }
}
