package dev.hyptrace.diff;

import dev.hyptrace.diff.address.Symbols;
import dev.hyptrace.diff.result.Place;
import dev.hyptrace.diff.result.Point;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Where the points of hypercalls are: which step, at which address. */
final class Places {
    private Places() {}

    /** A point of two calls, or of one that has no partner; step and address are the left one's if there is one. */
    static Place of(Point point, Optional<Hypercall> left, Optional<Hypercall> right, DiffOptions options) {
        Hypercall call = left.or(() -> right).orElseThrow();
        Symbols symbols = left.isPresent() ? options.leftSymbols() : options.rightSymbols();
        OptionalInt address = address(point, call);
        return new Place(
                number(left),
                number(right),
                point,
                step(point, call),
                address,
                address.isPresent() ? symbols.at(address.getAsInt()) : Optional.empty(),
                Optional.empty());
    }

    private static OptionalInt number(Optional<Hypercall> call) {
        return call.isPresent() ? OptionalInt.of(call.get().number()) : OptionalInt.empty();
    }

    private static OptionalInt address(Point point, Hypercall call) {
        return switch (point) {
            case CALL -> call.site();
            case VECTOR -> pc(call.vector());
            case RETURN, STEP -> pc(call.after());
        };
    }

    private static OptionalInt pc(State state) {
        return state.has(Register.PC) ? OptionalInt.of((int) state.require(Register.PC)) : OptionalInt.empty();
    }

    /** The HVC's own step, the step after it, or the last one of the call. */
    private static OptionalLong step(Point point, Hypercall call) {
        return switch (point) {
            case CALL -> call.callStep();
            case VECTOR ->
                call.callStep().isPresent()
                                && call.lastStep().orElse(-1) > call.callStep().getAsLong()
                        ? OptionalLong.of(call.callStep().getAsLong() + 1)
                        : OptionalLong.empty();
            case RETURN, STEP -> call.lastStep();
        };
    }
}
