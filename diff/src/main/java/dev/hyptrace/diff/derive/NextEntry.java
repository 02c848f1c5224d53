package dev.hyptrace.diff.derive;

import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.Optional;

/**
 * Completes HVBAR after a hypercall from the vector that the next one takes.
 *
 * <p>A source such as a QEMU log shows HVBAR only by the vectors that are taken. Below Hyp mode HVBAR cannot be written (DDI
 * 0406C: it is accessible only from Hyp mode, and from Monitor mode with SCR.NS set), so the base that a call from there
 * finds is the one that the call before it left behind. That puts a wrong base where it was set.
 */
public final class NextEntry implements HypercallSource {
    private final HypercallSource source;
    private Hypercall held;

    public NextEntry(HypercallSource source) {
        this.source = source;
    }

    @Override
    public Hypercall next() throws IOException {
        Hypercall call = held == null ? source.next() : held;
        held = call == null ? null : source.next();
        return call == null || held == null ? call : complete(call, held);
    }

    private static Hypercall complete(Hypercall call, Hypercall next) {
        boolean derivable = call.cpu() == next.cpu()
                && !call.after().has(Register.HVBAR)
                && next.call().has(Register.HVBAR)
                && !next.call().isKnown(Register.HVBAR)
                && isBelowHyp(call.after().mode())
                && isBelowHyp(next.call().mode());
        return derivable ? withBase(call, next.call().require(Register.HVBAR)) : call;
    }

    private static boolean isBelowHyp(Optional<Mode> mode) {
        return mode.isPresent() && mode.get() != Mode.HYP && mode.get() != Mode.MON;
    }

    private static Hypercall withBase(Hypercall call, long base) {
        return new Hypercall(
                call.number(),
                call.cpu(),
                call.site(),
                call.immediate(),
                call.call(),
                call.vector(),
                call.after().toBuilder()
                        .derived(Register.HVBAR, base, DerivationRule.BANKED_FROM_NEXT_ENTRY)
                        .build(),
                call.outcome(),
                call.payload(),
                call.departure(),
                call.callStep(),
                call.lastStep());
    }
}
