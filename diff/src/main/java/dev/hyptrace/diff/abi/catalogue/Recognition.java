package dev.hyptrace.diff.abi.catalogue;

/**
 * A known divergence in a recording.
 *
 * @param hypercall the number of the first call that shows it
 * @param finding what that call has, one sentence
 */
public record Recognition(Entry entry, int hypercall, String finding) {
    /** In one line. */
    public String text() {
        return entry.id() + ": " + entry.title() + ". " + finding + " Known of " + entry.versions() + ".";
    }
}
