package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names values by what was put into a call, so that they read the same wherever the image lies. */
final class Symbols {
    /** Values up to this, and -1, are themselves: too many things are equal to them. */
    private static final long LARGEST_PLAIN = 0xffff;

    private static final long ALL_ONES = 0xffff_ffffL;
    private static final int NEIGHBOURHOOD = 0x1000;
    /** Canaries are 0x100 apart. */
    private static final int ARGUMENT_NEIGHBOURHOOD = 0x80;

    private static final int VECTORS_MASK = ~0x1f;
    /** r1 first: it is the argument of most calls that take one. */
    private static final List<Register> ARGUMENTS = arguments();

    private final State call;
    private final State vector;

    /**
     * @param call the state at the HVC
     * @param vector the state at the vector
     */
    Symbols(State call, State vector) {
        this.call = call;
        this.vector = vector;
    }

    private static List<Register> arguments() {
        List<Register> list = new ArrayList<>(List.of(Register.R1, Register.R0));
        for (int n = 2; n <= 12; n++) {
            list.add(Register.r(n));
        }
        return List.copyOf(list);
    }

    /** A register's new value. */
    String value(Register register, long value) {
        if (register.width() == 64) {
            return register.format(value);
        }
        if (register == Register.HVBAR && !isPlain(value)) {
            Optional<String> base = masked(value, VECTORS_MASK, "&~0x1f");
            if (base.isPresent()) {
                return base.get();
            }
        }
        return word(value);
    }

    /** A 32-bit value. */
    String word(long value) {
        return isPlain(value) ? Hex.word((int) value) : address((int) value);
    }

    /** A code or data address. */
    String address(int value) {
        return masked(value, -1, "")
                .or(() -> held(value))
                .or(() -> near("HVBAR", call.require(Register.HVBAR), value, NEIGHBOURHOOD))
                .or(() -> nearStack(value))
                .or(() -> masked(value, ~1, "&~1"))
                .or(() -> masked(value, ~3, "&~3"))
                .or(() -> nearArgument(value))
                .orElse(Hex.word(value));
    }

    /** Where a jump went: an argument that was jumped to, or the return address. */
    Optional<String> target(int pc) {
        return masked(pc, -1, "")
                .or(() -> masked(pc, ~1, "&~1"))
                .or(() -> masked(pc, ~3, "&~3"))
                .or(() -> returnAddress(pc));
    }

    private Optional<String> returnAddress(int value) {
        return vector.require(Register.ELR_HYP) == Integer.toUnsignedLong(value)
                ? Optional.of("ELR_hyp")
                : Optional.empty();
    }

    private Optional<String> masked(long value, int mask, String text) {
        return ARGUMENTS.stream()
                .filter(register -> ((int) call.require(register) & mask) == (int) value)
                .findFirst()
                .map(register -> name(register) + text);
    }

    /** Another register's canary, or what the exception entry made. */
    private Optional<String> held(int value) {
        return returnAddress(value)
                .or(() -> CanarySet.all().stream()
                        .filter(register -> (int) call.require(register) == value)
                        .findFirst()
                        .map(Register::manualName))
                .or(() -> vector.require(Register.SPSR_HYP) == Integer.toUnsignedLong(value)
                        ? Optional.of("SPSR_hyp")
                        : Optional.empty());
    }

    private Optional<String> nearStack(int value) {
        long stack = call.require(Register.SP_HYP);
        return isPlain(stack) ? Optional.empty() : near("SP_hyp", stack, value, NEIGHBOURHOOD);
    }

    /** A few bytes from what an argument points to. */
    private Optional<String> nearArgument(int value) {
        return ARGUMENTS.stream()
                .filter(register -> !isPlain(call.require(register)))
                .flatMap(register ->
                        near(name(register), call.require(register), value, ARGUMENT_NEIGHBOURHOOD).stream())
                .findFirst();
    }

    private static String name(Register register) {
        return register.manualName().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> near(String name, long base, int value, int range) {
        int distance = value - (int) base;
        if (distance <= -range || distance >= range) {
            return Optional.empty();
        }
        String sign = distance < 0 ? "-0x" : "+0x";
        return Optional.of(distance == 0 ? name : name + sign + Integer.toHexString(Math.abs(distance)));
    }

    private static boolean isPlain(long value) {
        return value <= LARGEST_PLAIN || value == ALL_ONES;
    }
}
