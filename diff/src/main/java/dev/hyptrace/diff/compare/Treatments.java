package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.table.TextTable;
import dev.hyptrace.traces.model.Register;
import java.util.List;

/**
 * Which bits are not compared like others. <em>Masked</em> bits are not compared; <em>volatile</em> ones are taken over from
 * the recording, because they depend on when they were read. Immutable.
 */
public final class Treatments {
    private static final Treatments STANDARD = load();

    private final long[] masked;
    private final long[] taken;

    private Treatments(long[] masked, long[] taken) {
        this.masked = masked;
        this.taken = taken;
    }

    /** Those of {@code treatments.txt}. */
    public static Treatments standard() {
        return STANDARD;
    }

    /** Every bit is compared. */
    public static Treatments none() {
        int registers = Register.all().size();
        return new Treatments(new long[registers], new long[registers]);
    }

    /** These, with more bits masked. */
    public Treatments withMasked(Register register, long bits) {
        return new Treatments(with(masked, register, bits), taken);
    }

    /** These, with more volatile bits. */
    public Treatments withVolatile(Register register, long bits) {
        return new Treatments(masked, with(taken, register, bits));
    }

    /** The bits of a register that are not compared. */
    public long masked(Register register) {
        return masked[register.ordinal()];
    }

    /** The bits of a register that are taken over from the recording. */
    public long taken(Register register) {
        return taken[register.ordinal()];
    }

    private static long[] with(long[] bits, Register register, long more) {
        if ((more & ~register.mask()) != 0) {
            throw new IllegalArgumentException(
                    register + " is " + register.width() + " bits wide, 0x" + Long.toHexString(more) + " does not fit");
        }
        long[] copy = bits.clone();
        copy[register.ordinal()] |= more;
        return copy;
    }

    private static Treatments load() {
        Treatments all = none();
        for (List<String> row : TextTable.rows(Treatments.class, "treatments.txt", 4)) {
            Register register = Register.named(row.get(0)).orElseThrow(() -> new IllegalStateException(row.get(0)));
            long bits = Long.parseUnsignedLong(row.get(1).substring(2), 16);
            all = switch (row.get(2)) {
                case "masked" -> all.withMasked(register, bits);
                case "volatile" -> all.withVolatile(register, bits);
                default -> throw new IllegalStateException("no treatment " + row.get(2));
            };
        }
        return all;
    }
}
