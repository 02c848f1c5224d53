package dev.hyptrace.diff;

import dev.hyptrace.diff.address.AddressMaps;
import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.compare.Treatments;
import dev.hyptrace.diff.time.TimeEvidence;

/**
 * How to compare.
 *
 * @param maps which addresses of the two sides correspond
 * @param treatments which bits are not compared like others
 * @param leftSymbols names for the addresses of the left side
 * @param rightSymbols names for the addresses of the right side
 * @param maxDivergences how many divergences a result holds; the rest is counted
 * @param window how many hypercalls of each side are held for alignment
 * @param timeEvidence what depends on time in the run on the right
 */
public record DiffOptions(
        AddressMaps maps,
        Treatments treatments,
        Symbols leftSymbols,
        Symbols rightSymbols,
        int maxDivergences,
        int window,
        TimeEvidence timeEvidence) {
    private static final DiffOptions STANDARD = new DiffOptions(
            AddressMaps.NONE, Treatments.standard(), Symbols.NONE, Symbols.NONE, 1000, 8192, TimeEvidence.NONE);

    /** No address maps, no symbols, the standard treatments and bounds. */
    public static DiffOptions standard() {
        return STANDARD;
    }

    public DiffOptions withMaps(AddressMaps newMaps) {
        return new DiffOptions(newMaps, treatments, leftSymbols, rightSymbols, maxDivergences, window, timeEvidence);
    }

    public DiffOptions withTreatments(Treatments newTreatments) {
        return new DiffOptions(maps, newTreatments, leftSymbols, rightSymbols, maxDivergences, window, timeEvidence);
    }

    public DiffOptions withSymbols(Symbols left, Symbols right) {
        return new DiffOptions(maps, treatments, left, right, maxDivergences, window, timeEvidence);
    }

    public DiffOptions withMaxDivergences(int most) {
        return new DiffOptions(maps, treatments, leftSymbols, rightSymbols, most, window, timeEvidence);
    }

    public DiffOptions withWindow(int hypercalls) {
        return new DiffOptions(maps, treatments, leftSymbols, rightSymbols, maxDivergences, hypercalls, timeEvidence);
    }

    public DiffOptions withTimeEvidence(TimeEvidence evidence) {
        return new DiffOptions(maps, treatments, leftSymbols, rightSymbols, maxDivergences, window, evidence);
    }
}
