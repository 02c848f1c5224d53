package dev.hyptrace.diff.explain;

import dev.hyptrace.diff.abi.StubGenerations;
import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.compare.Field;
import dev.hyptrace.diff.compare.Kinds;
import dev.hyptrace.diff.compare.PairComparer;
import dev.hyptrace.diff.result.Cause;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.diff.result.Side;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Explains a difference between two hypercalls that correspond, or a hypercall without a partner. */
public final class HypercallExplainer {
    private static final Cause SAME_INPUT =
            new Cause(CauseClass.BUG, "both calls were alike up to the vector, and were answered differently");
    private static final Cause OTHER_GENERATION =
            new Cause(CauseClass.CONFIGURATION, "caller and stub are of different generations of the ABI");
    private static final Cause SET_UP = new Cause(CauseClass.CONFIGURATION, "it differs before the first hypercall");

    private HypercallExplainer() {}

    /** A difference in a pair. */
    public static Explained explain(Subject subject) {
        Optional<Cause> time = Time.cause(subject.difference(), state(subject, Side.LEFT), state(subject, Side.RIGHT));
        return time.isPresent()
                ? new Explained(subject.difference().name() + " depends on when it was set.", "", time)
                : explainAtPoint(subject);
    }

    private static State state(Subject subject, Side side) {
        Hypercall call = side == Side.LEFT ? subject.left() : subject.right();
        return switch (subject.difference().point()) {
            case CALL -> call.call();
            case VECTOR -> call.vector();
            case RETURN, STEP -> call.after();
        };
    }

    private static Explained explainAtPoint(Subject subject) {
        return switch (subject.difference().point()) {
            case CALL -> atCall(subject);
            case VECTOR -> atVector(subject);
            case RETURN, STEP -> atReturn(subject);
        };
    }

    /** A call that only one side made, or both at different places of their sequences. */
    public static Explained unpaired(Side side, Hypercall call, Optional<Hypercall> moved) {
        return moved.isPresent() ? moved(side, call, moved.get()) : missing(side, call);
    }

    private static Explained moved(Side side, Hypercall call, Hypercall other) {
        Hypercall left = side == Side.LEFT ? call : other;
        Hypercall right = side == Side.LEFT ? other : call;
        return new Explained(
                "Both sides make this call (" + request(call) + "), the left one as its hypercall " + left.number()
                        + ", the right one as its hypercall " + right.number() + ".",
                "See what in the caller decides the order.",
                Optional.empty());
    }

    private static Explained missing(Side side, Hypercall call) {
        String other = side == Side.LEFT ? "right" : "left";
        return new Explained(
                "Only the " + side.text() + " side makes this call (" + request(call) + ").",
                "See why the caller on the " + other + " side does not come there, or makes another call instead.",
                Optional.empty());
    }

    private static String request(Hypercall call) {
        OptionalInt immediate = call.immediate();
        String number = immediate.isEmpty()
                ? "?"
                : immediate.getAsInt() < 10
                        ? Integer.toString(immediate.getAsInt())
                        : "0x" + Integer.toHexString(immediate.getAsInt());
        return "hvc #" + number + " at " + Words.hex(call.site()) + " with r0 = "
                + Words.hex(call.call().bits(Register.R0)) + ", r1 = "
                + Words.hex(call.call().bits(Register.R1));
    }

    private static Explained atCall(Subject subject) {
        Difference difference = subject.difference();
        boolean first = subject.lastEqual().isEmpty();
        Optional<Cause> cause = first && isSetUp(difference) ? Optional.of(SET_UP) : Optional.empty();
        String text = first
                ? difference.name() + " differs as far back as it was recorded on both sides."
                : difference.name() + " was equal at " + Words.when(subject.lastEqual())
                        + ", so what ran between there and this HVC set it differently.";
        String next = first
                ? "Compare what runs before: boot loader, image, device tree, command line."
                : "Look at the caller's instructions from there to "
                        + Words.hex(subject.left().site()) + ".";
        return new Explained(text, next, cause);
    }

    private static boolean isSetUp(Difference difference) {
        return difference
                .field()
                .filter(field -> field.register().group() == Register.Group.SYSTEM)
                .isPresent();
    }

    private static Explained atVector(Subject subject) {
        Difference difference = subject.difference();
        if (difference.isIn(Register.PC)) {
            return new Explained(
                    "The left side enters Hyp mode at " + Words.value("PC", difference.left()) + ", the right one at "
                            + Words.value("PC", difference.right()) + ", and nothing recorded before explains it.",
                    "HVBAR can only be written in Hyp mode: look at the hypercall before, and at what installed the stub.",
                    Optional.empty());
        }
        return new Explained(
                "Exception entry writes " + difference.name() + " (" + meaning(difference)
                        + "), no software comes between: the processor, its model or the recording is wrong.",
                "Compare the states at the HVC, and how each side was recorded.",
                Optional.empty());
    }

    private static String meaning(Difference difference) {
        if (difference.isIn(Register.HSR)) {
            return "for an HVC: EC 0x12, IL 1, ISS the immediate";
        }
        if (difference.isIn(Register.ELR_HYP)) {
            return "the address after the HVC";
        }
        if (difference.isIn(Register.SPSR_HYP)) {
            return "the CPSR of the caller";
        }
        return difference.isIn(Register.CPSR) ? "Hyp mode, A, I and F set, T and E from HSCTLR" : "or keeps it";
    }

    private static Explained atReturn(Subject subject) {
        Optional<Cause> cause = subject.generationsDiffer()
                ? Optional.of(OTHER_GENERATION)
                : subject.sameInput() ? Optional.of(SAME_INPUT) : Optional.empty();
        return new Explained(returnText(subject), returnNext(subject), cause);
    }

    private static String returnText(Subject subject) {
        Difference difference = subject.difference();
        if (difference.is(PairComparer.OUTCOME)) {
            return outcomeText(subject);
        }
        if (difference.is("CPSR.M")) {
            return "The left call comes back in " + Words.value("CPSR.M", difference.left()) + ", the right one in "
                    + Words.value("CPSR.M", difference.right()) + "; the call was made in "
                    + subject.left().call().mode().map(Enum::name).orElse("an unrecorded mode") + ".";
        }
        if (StubGenerations.refused(subject.left()) != StubGenerations.refused(subject.right())
                && difference.is("R0")) {
            return refusalText(subject);
        }
        boolean plain = difference.field().filter(Field::isWhole).isPresent() && !difference.isIn(Register.PC);
        return plain ? changeText(subject) : genericText(subject);
    }

    private static String outcomeText(Subject subject) {
        return "The left call " + outcome(subject.left()) + "; the right one " + outcome(subject.right()) + ".";
    }

    private static String outcome(Hypercall call) {
        return switch (call.outcome()) {
            case RETURNED -> "returned to its caller";
            case RETURNED_ELSEWHERE ->
                "returned, but to " + Words.hex(call.after().bits(Register.PC)) + " in "
                        + call.after().mode().map(Enum::name).orElse("an unrecorded mode");
            case LEFT_HYP -> "left Hyp mode";
            case ENTERED_PAYLOAD -> "did not return: it went on in Hyp mode at " + Words.hex(call.payload());
            case NEVER_RETURNED -> "never returned within the trace";
        };
    }

    private static String refusalText(Subject subject) {
        boolean right = StubGenerations.refused(subject.right());
        OptionalLong r0 = subject.left().call().bits(Register.R0);
        return "The " + (right ? "right" : "left")
                + " stub answers HVC_STUB_ERR (0x0badca11): it does not know the function " + Words.hex(r0)
                + " and changes nothing. The " + (right ? "left" : "right") + " one knows it.";
    }

    /** What each side did to a register, when that is not the same. */
    private static String changeText(Subject subject) {
        Register register = subject.difference().field().orElseThrow().register();
        return "The left side " + change(register, subject.left()) + ", the right side "
                + change(register, subject.right()) + derived(subject.difference()) + ".";
    }

    private static String change(Register register, Hypercall call) {
        OptionalLong before = call.call().bits(register);
        OptionalLong after = call.after().bits(register);
        if (before.isEmpty()) {
            return "has " + register + " = " + format(register, after);
        }
        if (before.equals(after)) {
            return "keeps " + register;
        }
        return "sets " + register + " to " + format(register, after) + source(register, call, after);
    }

    private static String source(Register register, Hypercall call, OptionalLong after) {
        long mask = Kinds.isVectorBase(register) ? ~0x1fL : -1L;
        return List.of(Register.R0, Register.R1, Register.HVBAR).stream()
                .filter(from -> from != register && call.call().has(from))
                .filter(from -> after.isPresent() && (call.call().require(from) & mask) == (after.getAsLong() & mask))
                .findFirst()
                .map(from -> ", which is what " + from + " held")
                .orElse("");
    }

    private static String derived(Difference difference) {
        return difference.severity() == Severity.WARNING && difference.isIn(Register.HVBAR)
                ? " (as the vector of the next hypercall shows)"
                : "";
    }

    private static String genericText(Subject subject) {
        Difference difference = subject.difference();
        return difference.name() + " is " + Words.value(difference.name(), difference.left()) + " on the left and "
                + Words.value(difference.name(), difference.right()) + " on the right after the call.";
    }

    private static String returnNext(Subject subject) {
        boolean gone = subject.left().outcome() == Outcome.NEVER_RETURNED
                || subject.right().outcome() == Outcome.NEVER_RETURNED;
        OptionalLong vector = (gone ? subject.right() : subject.left()).vector().bits(Register.PC);
        String where = vector.isPresent() ? " from the vector at " + Words.hex(vector) : "";
        return "Look at the handler" + where + " for what writes " + written(subject.difference()) + ".";
    }

    private static String written(Difference difference) {
        if (difference.is(PairComparer.OUTCOME) || difference.isIn(Register.PC)) {
            return "PC or ELR_hyp";
        }
        return difference.isIn(Register.CPSR)
                ? "SPSR_hyp, and for its exception return"
                : difference.field().map(Field::name).orElse(difference.name());
    }

    private static String format(Register register, OptionalLong bits) {
        return bits.isPresent() ? register.format(bits.getAsLong()) : "an unrecorded value";
    }
}
