package dev.hyptrace.diff;

import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Hypercalls made by hand: a caller in SVC mode that calls a G3 stub, everything recorded at every point.
 *
 * <p>{@link #g3} is the reference; the tests change one thing and say what must be found.
 */
public final class Calls {
    public static final int SITE = 0x40010808;
    public static final int STUB = 0x40010240;
    public static final int NEW_VECTORS = 0x40010900;
    public static final int ERROR = 0x0badca11;
    public static final long SVC = 0x600001d3L;
    public static final long HYP = 0x600001daL;
    private static final long HSR = 0x4a000000L;

    private Calls() {}

    /** The calls of a G3 caller to a G3 stub: RESET, an unknown function, SET, an unknown function, RESET. */
    public static List<Hypercall> g3() {
        return List.of(
                call(1, SITE, 2, 0x4001c030, STUB, 0, STUB),
                call(2, SITE + 8, 0x7f, 0x4001c050, STUB, ERROR, STUB),
                call(3, SITE + 16, 0, NEW_VECTORS, STUB, 0, NEW_VECTORS),
                call(4, SITE + 8, 0x80, 0x4001c090, NEW_VECTORS, ERROR, NEW_VECTORS),
                call(5, SITE, 2, 0x4001c0d0, NEW_VECTORS, 0, NEW_VECTORS));
    }

    /** A call that returns with this r0 and this HVBAR, and keeps everything else. */
    public static Hypercall call(int number, int site, int r0, int r1, int hvbar, int r0After, int hvbarAfter) {
        State call = before(number, site, r0, r1, hvbar);
        State vector = call.toBuilder()
                .known(Register.PC, hvbar + 0x14)
                .known(Register.CPSR, HYP)
                .known(Register.HSR, HSR)
                .known(Register.ELR_HYP, site + 4)
                .known(Register.SPSR_HYP, SVC)
                .build();
        State after = call.toBuilder()
                .known(Register.PC, site + 4)
                .known(Register.R0, r0After)
                .known(Register.HVBAR, hvbarAfter)
                .build();
        return new Hypercall(
                number,
                0,
                OptionalInt.of(site),
                OptionalInt.of(0),
                call,
                vector,
                after,
                Outcome.RETURNED,
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.of(number * 100L),
                OptionalLong.of(number * 100L + 9));
    }

    /** A call that goes on in Hyp mode at r1. */
    public static Hypercall payload(int number, int site, int r0, int r1, int hvbar) {
        Hypercall call = call(number, site, r0, r1, hvbar, r0, hvbar);
        State after = call.after().toBuilder()
                .known(Register.PC, r1)
                .known(Register.CPSR, HYP)
                .build();
        return with(call, call.call(), call.vector(), after, Outcome.ENTERED_PAYLOAD);
    }

    private static State before(int number, int site, int r0, int r1, int hvbar) {
        State.Builder state = State.builder();
        for (int n = 0; n <= 12; n++) {
            state.known(Register.r(n), 0xca0000fe | number << 16 | n << 8);
        }
        return state.known(Register.R0, r0)
                .known(Register.R1, r1)
                .known(Register.SP_SVC, 0x5d0000b1)
                .known(Register.LR_SVC, 0x40010300 + number * 16)
                .known(Register.PC, site)
                .known(Register.CPSR, SVC)
                .known(Register.HVBAR, hvbar)
                .known(Register.VBAR, 0x40000000)
                .known(Register.HCR, 0)
                .known(Register.HSCTLR, 0x30c50878)
                .build();
    }

    /** The calls with one of them replaced, by its number. */
    public static List<Hypercall> with(List<Hypercall> calls, int number, UnaryOperator<Hypercall> change) {
        List<Hypercall> changed = new ArrayList<>(calls);
        changed.set(number - 1, change.apply(changed.get(number - 1)));
        return changed;
    }

    /** The calls with consecutive numbers. */
    public static List<Hypercall> renumbered(List<Hypercall> calls) {
        List<Hypercall> numbered = new ArrayList<>();
        for (Hypercall call : calls) {
            numbered.add(new Hypercall(
                    numbered.size() + 1,
                    call.cpu(),
                    call.site(),
                    call.immediate(),
                    call.call(),
                    call.vector(),
                    call.after(),
                    call.outcome(),
                    call.payload(),
                    call.departure(),
                    call.callStep(),
                    call.lastStep()));
        }
        return numbered;
    }

    /** The call with another state at the HVC. */
    public static UnaryOperator<Hypercall> atCall(UnaryOperator<State> change) {
        return call -> with(call, change.apply(call.call()), call.vector(), call.after(), call.outcome());
    }

    /** The call with another state at the vector. */
    public static UnaryOperator<Hypercall> atVector(UnaryOperator<State> change) {
        return call -> with(call, call.call(), change.apply(call.vector()), call.after(), call.outcome());
    }

    /** The call with another state at the return. */
    public static UnaryOperator<Hypercall> atReturn(UnaryOperator<State> change) {
        return call -> with(call, call.call(), call.vector(), change.apply(call.after()), call.outcome());
    }

    /** The call with where the code that it entered left Hyp mode. */
    public static Hypercall departed(Hypercall call, int address, Mode mode) {
        return new Hypercall(
                call.number(),
                call.cpu(),
                call.site(),
                call.immediate(),
                call.call(),
                call.vector(),
                call.after(),
                call.outcome(),
                call.payload(),
                Optional.of(new Hypercall.Departure(OptionalInt.of(address), Optional.of(mode))),
                call.callStep(),
                call.lastStep());
    }

    /** The call with another outcome and the same states. */
    public static UnaryOperator<Hypercall> ended(Outcome outcome) {
        return call -> with(
                call,
                call.call(),
                call.vector(),
                outcome == Outcome.NEVER_RETURNED ? State.unknown() : call.after(),
                outcome);
    }

    private static Hypercall with(Hypercall call, State before, State vector, State after, Outcome outcome) {
        return new Hypercall(
                call.number(),
                call.cpu(),
                call.site(),
                call.immediate(),
                before,
                vector,
                after,
                outcome,
                outcome == Outcome.ENTERED_PAYLOAD
                        ? OptionalInt.of((int) after.require(Register.PC))
                        : OptionalInt.empty(),
                call.departure(),
                call.callStep(),
                call.lastStep());
    }

    /** The state with a register set. */
    public static UnaryOperator<State> set(Register register, long bits) {
        return state -> state.toBuilder().known(register, bits).build();
    }

    /** The state with some bits of a register flipped. */
    public static UnaryOperator<State> flip(Register register, long bits) {
        return state -> state.toBuilder()
                .known(register, state.require(register) ^ bits)
                .build();
    }

    /** The state with a register not recorded. */
    public static UnaryOperator<State> forget(Register register) {
        return state -> state.toBuilder().remove(register).build();
    }

    /** The state with CPSR in another mode. */
    public static UnaryOperator<State> mode(Mode mode) {
        return state -> state.toBuilder()
                .known(Register.CPSR, state.require(Register.CPSR) & ~0x1fL | mode.encoding())
                .build();
    }
}
