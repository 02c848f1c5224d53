package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Kind;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.model.Hypercall;
import java.util.Optional;

/** The difference that a hypercall without a partner is. */
public final class Unpaired {
    /** The name of a difference in whether a call was made; the readings are its site, or {@code present}. */
    public static final String HYPERCALL = "hypercall";
    /** The name of a difference in when a call was made; the readings are its numbers. */
    public static final String ORDER = "order";

    private static final int SITE_WIDTH = 32;

    private Unpaired() {}

    /** A call that only one side made, or that the other one made elsewhere in the sequence. */
    public static Difference difference(Side side, Hypercall call, Optional<Hypercall> moved) {
        Reading here = moved.isPresent() ? number(call) : site(call);
        Reading there = moved.map(Unpaired::number).orElse(Reading.ABSENT);
        return new Difference(
                Point.CALL,
                Kind.PRESENCE,
                moved.isPresent() ? ORDER : HYPERCALL,
                Optional.empty(),
                side == Side.LEFT ? here : there,
                side == Side.LEFT ? there : here,
                Severity.DIVERGENCE);
    }

    private static Reading number(Hypercall call) {
        return Reading.words(Integer.toString(call.number()));
    }

    private static Reading site(Hypercall call) {
        return call.site().isPresent()
                ? Reading.known(Integer.toUnsignedLong(call.site().getAsInt()), SITE_WIDTH)
                : Reading.words("present");
    }
}
