package dev.hyptrace.diff.result;

/**
 * How many fields a comparison looked at.
 *
 * @param compared recorded on both sides, and compared
 * @param derived derived on at least one side, and compared with the force of a warning
 * @param unknown not recorded on one side or on both, and therefore not compared
 * @param masked not compared, because the table of treatments says so for all their bits
 * @param taken volatile: taken over from the recording and not compared
 */
public record FieldCounts(long compared, long derived, long unknown, long masked, long taken) {
    public static final FieldCounts ZERO = new FieldCounts(0, 0, 0, 0, 0);

    public FieldCounts plus(FieldCounts other) {
        return new FieldCounts(
                compared + other.compared,
                derived + other.derived,
                unknown + other.unknown,
                masked + other.masked,
                taken + other.taken);
    }
}
