package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.diff.result.Reading;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Optional;

/** What exception entry and return carry from one register to another. */
final class ExceptionRules {
    private static final int SLOT_MASK = 0x1f;

    private ExceptionRules() {}

    /** What was derived differs because what it was derived from does. */
    static Optional<Consequence> derivedFromRecorded(Difference difference, HypercallHistory history) {
        if (difference.severity() != Severity.WARNING) {
            return Optional.empty();
        }
        return rule(difference.left())
                .or(() -> rule(difference.right()))
                .flatMap(rule -> source(rule, difference, history))
                .filter(entry -> entry.severity() == Severity.DIVERGENCE)
                .map(entry -> new Consequence(
                        entry, "derived from " + entry.difference().name()));
    }

    private static Optional<DerivationRule> rule(Reading reading) {
        return reading instanceof Reading.Bits bits ? bits.rule() : Optional.empty();
    }

    private static Optional<Entry> source(DerivationRule rule, Difference difference, HypercallHistory history) {
        return switch (rule) {
            case ELR_FROM_HVC_ADDRESS, ELR_FROM_INSTRUCTION_ADDRESS -> history.inPair(Point.CALL, "PC");
            case SPSR_FROM_CPSR -> history.inPair(Point.CALL, "CPSR" + part(difference));
            case HVBAR_FROM_VECTOR, VBAR_FROM_VECTOR -> history.inPair(Point.VECTOR, "PC");
            case HSR_FROM_HVC -> history.inPair(Point.CALL, PairComparer.IMMEDIATE);
            case CALL_FROM_VECTOR -> sourceAtVector(difference, history);
            case HSR_FROM_LOGGED_SYNDROME, BANKED_FROM_NEXT_ENTRY, STATUS_FROM_INSTRUCTIONS, REPLAYED, IMPORTED ->
                Optional.empty();
        };
    }

    private static Optional<Entry> sourceAtVector(Difference difference, HypercallHistory history) {
        if (difference.is("PC")) {
            return history.inPair(Point.VECTOR, "ELR_hyp");
        }
        if (difference.isIn(Register.CPSR)) {
            return history.inPair(Point.VECTOR, "SPSR_hyp" + part(difference));
        }
        Optional<Entry> same = history.inPair(Point.VECTOR, difference.name());
        return same.filter(entry -> entry.severity() == Severity.DIVERGENCE)
                .or(() -> difference.isIn(Register.HVBAR) ? history.inPair(Point.VECTOR, "PC") : Optional.empty());
    }

    /** SPSR_hyp is the CPSR of the caller, and the CPSR after the return is SPSR_hyp; the flags are kept on entry. */
    static Optional<Consequence> savedStatus(Difference difference, HypercallHistory history) {
        Optional<Entry> source = Optional.empty();
        if (difference.point() != Point.CALL && difference.isIn(Register.CPSR)) {
            source = sameValues(history.inPair(Point.VECTOR, "SPSR_hyp" + part(difference)), difference)
                    .or(() -> sameValues(history.inPair(Point.CALL, difference.name()), difference));
        } else if (difference.point() == Point.VECTOR && difference.isIn(Register.SPSR_HYP)) {
            source = sameValues(history.inPair(Point.CALL, "CPSR" + part(difference)), difference);
        }
        return source.map(entry -> new Consequence(entry, "saved from and restored to CPSR by the exception"));
    }

    /** ELR_hyp lies after the HVC, and the return goes to ELR_hyp. */
    static Optional<Consequence> returnAddress(Difference difference, HypercallHistory history) {
        Optional<Entry> source = Optional.empty();
        if (difference.point() == Point.VECTOR && difference.isIn(Register.ELR_HYP)) {
            source = sameDistance(history.inPair(Point.CALL, "PC"), difference);
        } else if (difference.point() == Point.RETURN && difference.isIn(Register.PC)) {
            source = sameValues(history.inPair(Point.VECTOR, "ELR_hyp"), difference)
                    .or(() -> sameDistance(history.inPair(Point.CALL, "PC"), difference));
        }
        return source.map(entry -> new Consequence(
                entry, "the return address follows from " + entry.difference().name()));
    }

    /** The vector lies in the table that HVBAR names; which slot of it depends on the mode of the caller. */
    static Optional<Consequence> vectorAddress(Difference difference, HypercallHistory history) {
        if (difference.point() != Point.VECTOR || !difference.isIn(Register.PC)) {
            return Optional.empty();
        }
        Optional<Entry> base = sameDistance(history.inPair(Point.CALL, "HVBAR"), difference)
                .or(() -> sameDistance(history.inPair(Point.VECTOR, "HVBAR"), difference))
                .or(() -> sameDistance(history.open("HVBAR"), difference));
        return base.map(entry -> new Consequence(entry, "the vector lies in the table that HVBAR names", true))
                .or(() -> otherSlot(difference, history));
    }

    private static Optional<Consequence> otherSlot(Difference difference, HypercallHistory history) {
        boolean otherSlot = ((difference.leftBits() ^ difference.rightBits()) & SLOT_MASK) != 0;
        return history.inPair(Point.CALL, "CPSR.M")
                .filter(entry -> otherSlot && isOneHyp(entry.difference()))
                .map(entry -> new Consequence(entry, "an HVC from Hyp mode takes slot 0x08, from below 0x14"));
    }

    /** Whether exactly one of two values of CPSR.M is Hyp mode. */
    static boolean isOneHyp(Difference mode) {
        return mode.leftBits() == Mode.HYP.encoding() != (mode.rightBits() == Mode.HYP.encoding());
    }

    private static String part(Difference difference) {
        int dot = difference.name().indexOf('.');
        return dot < 0 ? "" : difference.name().substring(dot);
    }

    private static Optional<Entry> sameValues(Optional<Entry> entry, Difference difference) {
        return entry.filter(e -> e.difference().sameValuesAs(difference));
    }

    private static Optional<Entry> sameDistance(Optional<Entry> entry, Difference difference) {
        return entry.filter(e -> difference.leftBits() - e.difference().leftBits()
                == difference.rightBits() - e.difference().rightBits());
    }
}
