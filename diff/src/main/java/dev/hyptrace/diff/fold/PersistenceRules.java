package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.Kinds;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Register;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Values that stay where they are, or are copied, or were moved together. */
final class PersistenceRules {
    private static final long VECTOR_TABLE_MASK = 0x1f;
    /** Below this a value is too common for two registers to have it from each other. */
    private static final long TELLING = 0x1000;

    private static final long ALL_ONES = 0xffff_ffffL;

    private PersistenceRules() {}

    /** The field still has the two values that it had when it was last compared. */
    static Optional<Consequence> persists(Difference difference, HypercallHistory history) {
        return history.open(difference.name())
                .filter(entry ->
                        difference.field().isPresent() && entry.difference().sameAs(difference))
                .map(entry -> new Consequence(entry, "the same two values still"));
    }

    /** Another register already had these two values; in a vector base, without the bits that it does not store. */
    static Optional<Consequence> copied(Difference difference, HypercallHistory history) {
        if (!isWholeWord(difference) || !isTelling(difference.leftBits()) && !isTelling(difference.rightBits())) {
            return Optional.empty();
        }
        long mask = Kinds.isVectorBase(difference.field().orElseThrow().register()) ? ~VECTOR_TABLE_MASK : -1L;
        return history.recent().stream()
                .filter(entry -> (entry.difference().leftBits() & mask) == (difference.leftBits() & mask)
                        && (entry.difference().rightBits() & mask) == (difference.rightBits() & mask))
                .findFirst()
                .map(entry -> new Consequence(
                        entry, "the two values that " + entry.difference().name() + " had"));
    }

    /**
     * The values lie as far apart as those of the code do, because one side was loaded elsewhere, or as far as those of
     * another register, from which this one was computed by adding something.
     */
    static Optional<Consequence> relocated(Difference difference, HypercallHistory history) {
        if (!isWholeWord(difference) || !isTelling(difference.leftBits()) || !isTelling(difference.rightBits())) {
            return Optional.empty();
        }
        int distance = distance(difference);
        boolean telling = isTelling(Integer.toUnsignedLong(Math.abs(distance)));
        return history.recent().stream()
                .filter(entry -> distance(entry.difference()) == distance)
                .filter(entry -> telling || entry.difference().isIn(Register.PC))
                .findFirst()
                .map(entry -> new Consequence(
                        entry,
                        "as far apart as the two values of "
                                + entry.difference().name()));
    }

    /** Condition flags are computed from registers, of which one differs already. */
    static Optional<Consequence> flags(Difference difference, HypercallHistory history) {
        boolean flags = difference.is("CPSR.NZCVQ") || difference.is("CPSR.GE");
        Collection<Entry> earlier = difference.point() == Point.CALL ? history.allOpen() : List.of();
        return earlier.stream()
                .filter(entry -> flags && isCoreRegister(entry.difference()))
                .min((a, b) -> a.difference().name().compareTo(b.difference().name()))
                .map(entry -> new Consequence(
                        entry,
                        "flags come from registers, and " + entry.difference().name() + " differs"));
    }

    private static boolean isCoreRegister(Difference difference) {
        return difference.field().isPresent()
                && difference.field().get().register().ordinal() <= Register.R12.ordinal();
    }

    private static boolean isWholeWord(Difference difference) {
        return difference.field().filter(Field::isWhole).isPresent();
    }

    private static int distance(Difference difference) {
        return (int) (difference.rightBits() - difference.leftBits());
    }

    private static boolean isTelling(long value) {
        return Long.compareUnsigned(value, TELLING) >= 0 && value != ALL_ONES;
    }
}
