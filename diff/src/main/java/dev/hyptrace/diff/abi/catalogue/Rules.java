package dev.hyptrace.diff.abi.catalogue;

import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** How each entry shows. */
final class Rules {
    static final Map<String, Rule> BY_ID = Map.ofEntries(
            rule("B1", Rules::reentryVectors),
            rule("B4", (before, call) -> littleEndianVector(call)),
            rule("B5", Rules::virtualOffset),
            rule("B6", (before, call) -> identification(call)),
            rule("B7", Rules::installedTwice),
            rule("B14", (before, call) -> instructionSet(call)),
            rule("B19", (before, call) -> alignmentChecks(call)),
            rule("B21", (before, call) -> answeredByKvm(call)),
            rule("B22", (before, call) -> refusedFunction(call)),
            rule("B25", (before, call) -> restartedWithZero(call)),
            rule("B26", (before, call) -> offsetOfFirmware(call)),
            rule("B27", (before, call) -> refusedAddress(call)));

    private static final long ERROR = 0x0bad_ca11L;
    private static final long SET = 0;
    private static final long SOFT_RESTART = 1;
    private static final long RESET = 2;
    private static final long VECTORS = 0x1f;
    /** Below are numbers of functions, above what the ABI up to 4.11 gives another meaning. */
    private static final long FIRST_ADDRESS = 0x1000;

    private static final long LAST_ADDRESS = 0xffff_f000L;
    private static final long CPSR_T = 1 << 5;
    private static final long CPSR_E = 1 << 9;
    private static final long HSCTLR_M = 1;
    private static final long HSCTLR_A = 1 << 1;

    private Rules() {}

    private static Map.Entry<String, Rule> rule(String id, Rule rule) {
        return Map.entry(id, rule);
    }

    /**
     * The kernel is entered with r0 = 0, as Linux expects it, and with the base of the vectors that the call came in by in r1,
     * which is what the call before left there when it set them.
     */
    private static Optional<String> reentryVectors(List<Hypercall> before, Hypercall call) {
        OptionalLong r1 = call.after().bits(Register.R1);
        if (before.isEmpty()
                || !entersLinux(call)
                || r1.isEmpty()
                || !r1.equals(before.get(before.size() - 1).call().bits(Register.R1))
                || vectors(call).isEmpty()
                || (r1.getAsLong() & ~VECTORS) != vectors(call).getAsLong()) {
            return Optional.empty();
        }
        OptionalLong kept = call.after().bits(Register.R7);
        return Optional.of("The kernel is entered in HYP with r1 = " + hex(r1)
                + ", the re-entry vectors, as the call before that set them left it, and not the machine number"
                + (kept.isPresent() && !kept.equals(r1) ? " (r7 has " + hex(kept) + ")" : "") + ".");
    }

    private static boolean entersLinux(Hypercall call) {
        return call.outcome() == Outcome.ENTERED_PAYLOAD && is(call.after(), Register.R0, 0);
    }

    /** The base of the vectors that a call came in by. */
    private static OptionalLong vectors(Hypercall call) {
        OptionalLong pc = call.vector().bits(Register.PC);
        return pc.isPresent()
                ? OptionalLong.of(pc.getAsLong() & ~VECTORS)
                : call.vector().bits(Register.HVBAR);
    }

    private static Optional<String> littleEndianVector(Hypercall call) {
        OptionalLong caller = call.call().bits(Register.CPSR);
        OptionalLong handler = call.vector().bits(Register.CPSR);
        boolean shown = caller.isPresent()
                && handler.isPresent()
                && (caller.getAsLong() & CPSR_E) != 0
                && (handler.getAsLong() & CPSR_E) == 0;
        return found(shown, () -> "CPSR is " + hex(caller) + " at the HVC and " + hex(handler) + " at the vector.");
    }

    /** Before the kernel is entered CNTVOFF is the firmware's affair: the zImage leaves the timer alone. */
    private static Optional<String> virtualOffset(List<Hypercall> before, Hypercall call) {
        OptionalLong offset = call.call().bits(Register.CNTVOFF);
        boolean shown = offset.isPresent()
                && offset.getAsLong() != 0
                && !call.fromHyp()
                && before.stream().anyMatch(Rules::entersLinux);
        return found(shown, () -> "CNTVOFF is " + hex(offset) + ".");
    }

    /** The zImage leaves the offset alone, so that it is as whoever ran before has left it. */
    private static Optional<String> offsetOfFirmware(Hypercall call) {
        OptionalLong offset = call.call().bits(Register.CNTVOFF);
        boolean shown = offset.isPresent() && offset.getAsLong() != 0 && entersLinux(call);
        return found(shown, () -> "CNTVOFF is " + hex(offset) + " where the kernel is entered.");
    }

    /** Below Hyp mode a processor, and so a debugger, may show VPIDR for MIDR: at the vector it does not. */
    private static Optional<String> identification(Hypercall call) {
        if (call.fromHyp() || call.call().mode().isEmpty()) {
            return Optional.empty();
        }
        return unlike(call, Register.VPIDR, Register.MIDR).or(() -> unlike(call, Register.VMPIDR, Register.MPIDR));
    }

    /**
     * A call with the Hyp MMU on asks for the very vectors that an earlier one has set, by their physical address, and does not
     * come back: they were branched to.
     */
    private static Optional<String> installedTwice(List<Hypercall> before, Hypercall call) {
        OptionalLong r0 = call.call().bits(Register.R0);
        OptionalLong control = call.call().bits(Register.HSCTLR);
        boolean shown = r0.isPresent()
                && control.isPresent()
                && (control.getAsLong() & HSCTLR_M) != 0
                && call.outcome() != Outcome.RETURNED
                && before.stream().anyMatch(earlier -> hasSet(earlier, r0.getAsLong()));
        return found(
                shown,
                () -> "r0 = " + hex(r0)
                        + ", the address of vectors that were set before the Hyp MMU was on, is branched to.");
    }

    /** Whether it has set the vectors by the ABI up to 4.11. */
    private static boolean hasSet(Hypercall call, long vectors) {
        return is(call.call(), Register.R0, vectors)
                && vectors >= FIRST_ADDRESS
                && call.outcome() == Outcome.RETURNED
                && is(call.after(), Register.HVBAR, vectors & ~VECTORS);
    }

    private static Optional<String> unlike(Hypercall call, Register shown, Register real) {
        OptionalLong one = call.call().bits(shown);
        OptionalLong other = call.vector().bits(real);
        boolean differ = one.isPresent() && other.isPresent() && !one.equals(other);
        return found(
                differ,
                () -> shown.manualName() + " is " + hex(one) + " and " + real.manualName() + " is " + hex(other) + ".");
    }

    private static Optional<String> instructionSet(Hypercall call) {
        OptionalLong caller = call.call().bits(Register.CPSR);
        OptionalLong handler = call.vector().bits(Register.CPSR);
        boolean shown =
                call.fromHyp() && handler.isPresent() && ((caller.getAsLong() ^ handler.getAsLong()) & CPSR_T) != 0;
        return found(shown, () -> "CPSR is " + hex(caller) + " at the HVC and " + hex(handler) + " at the vector.");
    }

    private static Optional<String> alignmentChecks(Hypercall call) {
        OptionalLong old = call.call().bits(Register.HSCTLR);
        OptionalLong now = call.after().bits(Register.HSCTLR);
        boolean shown = old.isPresent()
                && now.isPresent()
                && (old.getAsLong() & HSCTLR_M) == 0
                && (now.getAsLong() & HSCTLR_M) != 0
                && (now.getAsLong() & HSCTLR_A) != 0;
        return found(shown, () -> "HSCTLR is " + hex(old) + " before and " + hex(now) + " after the call.");
    }

    /** The stub keeps r1, and HVBAR in a RESET_VECTORS, and has 1 in r0 after SOFT_RESTART. */
    private static Optional<String> answeredByKvm(Hypercall call) {
        OptionalLong r1 = call.after().bits(Register.R1);
        OptionalLong base = call.after().bits(Register.HVBAR);
        boolean reset = is(call.call(), Register.R0, RESET) && call.outcome() == Outcome.RETURNED;
        boolean restart = is(call.call(), Register.R0, SOFT_RESTART) && call.outcome() == Outcome.ENTERED_PAYLOAD;
        boolean shown = (reset || restart)
                && is(call.after(), Register.R0, 0)
                && r1.isPresent()
                && base.isPresent()
                && (r1.getAsLong() & ~VECTORS) == base.getAsLong()
                && !base.equals(vectors(call));
        return found(
                shown,
                () -> (reset ? "RESET_VECTORS" : "SOFT_RESTART") + " leaves r0 = 0 and r1 = HVBAR = " + hex(base)
                        + ".");
    }

    /** The stub enters the target with r0 as the caller had it. */
    private static Optional<String> restartedWithZero(Hypercall call) {
        boolean shown = is(call.call(), Register.R0, SOFT_RESTART)
                && call.outcome() == Outcome.ENTERED_PAYLOAD
                && is(call.after(), Register.R0, 0);
        return found(
                shown, () -> "SOFT_RESTART enters " + hex(call.after().bits(Register.PC)) + " with r0 = 0, and not 1.");
    }

    private static Optional<String> refusedFunction(Hypercall call) {
        boolean asked = is(call.call(), Register.R0, SET) || is(call.call(), Register.R0, RESET);
        boolean kept = call.after().bits(Register.R12).equals(call.call().bits(Register.R12));
        return found(
                asked && kept && refused(call),
                () -> (is(call.call(), Register.R0, SET) ? "SET_VECTORS" : "RESET_VECTORS")
                        + " gets r0 = 0x0badca11, and HVBAR stays " + hex(vectors(call)) + ".");
    }

    private static Optional<String> refusedAddress(Hypercall call) {
        OptionalLong r0 = call.call().bits(Register.R0);
        boolean address = r0.isPresent()
                && r0.getAsLong() >= FIRST_ADDRESS
                && r0.getAsLong() < LAST_ADDRESS
                && (r0.getAsLong() & VECTORS) == 0;
        return found(
                address && refused(call),
                () -> "r0 = " + hex(r0) + " gets r0 = 0x0badca11, and HVBAR stays " + hex(vectors(call)) + ".");
    }

    /** An unknown function's answer, where the vectors are known to be kept. */
    private static boolean refused(Hypercall call) {
        OptionalLong base = call.after().bits(Register.HVBAR);
        return call.outcome() == Outcome.RETURNED
                && call.immediate().orElse(0) == 0
                && is(call.after(), Register.R0, ERROR)
                && base.isPresent()
                && base.equals(vectors(call));
    }

    private static boolean is(State state, Register register, long bits) {
        OptionalLong value = state.bits(register);
        return value.isPresent() && value.getAsLong() == bits;
    }

    private static Optional<String> found(boolean shown, Supplier<String> sentence) {
        return shown ? Optional.of(sentence.get()) : Optional.empty();
    }

    private static String hex(OptionalLong value) {
        long bits = value.orElseThrow();
        return bits >>> 32 == 0 ? Hex.word((int) bits) : String.format(Locale.ROOT, "0x%016x", bits);
    }
}
