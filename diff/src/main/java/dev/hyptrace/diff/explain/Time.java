package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Cause;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Differences that come from when something happened: two machines never count the same time. */
final class Time {
    private static final List<Register> CONTROLS = List.of(Register.CNTP_CTL, Register.CNTV_CTL, Register.CNTHP_CTL);
    private static final long IMASK = 1 << 1;
    private static final long ISTATUS = 1 << 2;

    private static final Cause OFFSET =
            new Cause(CauseClass.TIME, "on both sides it was set to what the counter showed when the guest was made");
    private static final Cause FIRED = new Cause(
            CauseClass.TIME,
            "on one side the timer has fired, and whoever took its interrupt masked it; not yet on the other");

    private Time() {}

    /** Why the difference comes from time; empty when it does not. */
    static Optional<Cause> cause(Difference difference, State left, State right) {
        if (difference.isIn(Register.CNTVOFF)) {
            boolean counted = wasCounted(difference.leftBits(), left) && wasCounted(difference.rightBits(), right);
            return counted ? Optional.of(OFFSET) : Optional.empty();
        }
        boolean control = CONTROLS.stream().anyMatch(difference::isIn);
        boolean fired = isMaskedSinceItFired(difference.leftBits(), difference.rightBits())
                || isMaskedSinceItFired(difference.rightBits(), difference.leftBits());
        return control && fired ? Optional.of(FIRED) : Optional.empty();
    }

    /** Whether the counter may have shown this: a hypervisor that uses no offset writes 0, and no other constant. */
    private static boolean wasCounted(long offset, State state) {
        OptionalLong now = state.bits(Register.CNTPCT);
        return offset != 0 && (now.isEmpty() || Long.compareUnsigned(offset, now.getAsLong()) <= 0);
    }

    private static boolean isMaskedSinceItFired(long one, long other) {
        return (one & (IMASK | ISTATUS)) == (IMASK | ISTATUS) && (one ^ other) == (IMASK | ISTATUS);
    }
}
