package dev.hyptrace.diff.abi.infer;

import dev.hyptrace.diff.abi.check.BranchTarget;
import dev.hyptrace.diff.abi.check.Moment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.RegisterNames;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What calls did: how they ended, and for each register all expressions that give the value it had after every one of them.
 *
 * @param ending how they ended
 * @param values by register name; an empty set where no expression does
 * @param calls how many were looked at
 */
record Behaviour(Ending ending, Map<String, Set<Expression>> values, int calls) {
    /** Stands for the address that was gone to. */
    static final String TARGET = "target";

    private static final List<String> SOURCES =
            List.of("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "HVBAR", "lr");
    private static final long VECTORS = 0x1f;
    private static final long PAGE = 0x1000;

    Behaviour {
        values = new TreeMap<>(values);
    }

    /** Of one call. */
    static Behaviour of(Hypercall call) {
        Moment moment = new Moment(call);
        Map<String, Set<Expression>> values = new TreeMap<>();
        Ending ending = ending(call.outcome());
        if (ending != Ending.SPINS) {
            for (Register register : moment.afterState().registers()) {
                boolean silent = Moment.isWrittenByException(register) || Moment.changesByItself(register);
                if (!silent && moment.before(register).isPresent()) {
                    values.put(RegisterNames.name(register), expressions(moment, register));
                }
            }
        }
        if (ending == Ending.JUMPS) {
            OptionalLong reached = moment.after(Register.PC);
            values.put(TARGET, reached.isEmpty() ? Set.of() : targets(moment, reached.getAsLong()));
        }
        return new Behaviour(ending, values, 1);
    }

    /** Of several calls that are the same function. */
    static Behaviour of(Collection<Behaviour> all) {
        Behaviour joined = null;
        for (Behaviour each : all) {
            joined = joined == null ? each : joined.and(each);
        }
        return joined;
    }

    /** What is true of both. A register that only one of them knows is as the one says. */
    Behaviour and(Behaviour other) {
        Map<String, Set<Expression>> both = new TreeMap<>(values);
        other.values.forEach((name, expressions) -> both.merge(name, expressions, Behaviour::intersection));
        return new Behaviour(ending == other.ending ? ending : Ending.UNSETTLED, both, calls + other.calls);
    }

    /** Whether both can be one function: no register that one settles would be left open by both together. */
    boolean fits(Behaviour other) {
        Behaviour both = and(other);
        return both.ending != Ending.UNSETTLED
                && both.values.entrySet().stream()
                        .allMatch(entry -> !entry.getValue().isEmpty()
                                || isOpen(values, entry.getKey()) && isOpen(other.values, entry.getKey()));
    }

    private static boolean isOpen(Map<String, Set<Expression>> values, String name) {
        return values.getOrDefault(name, Set.of()).isEmpty();
    }

    private static Set<Expression> intersection(Set<Expression> first, Set<Expression> second) {
        Set<Expression> both = new LinkedHashSet<>(first);
        both.retainAll(second);
        return both;
    }

    private static Ending ending(Outcome outcome) {
        return switch (outcome) {
            case RETURNED -> Ending.RETURNS;
            case ENTERED_PAYLOAD -> Ending.JUMPS;
            case NEVER_RETURNED -> Ending.SPINS;
            default -> Ending.UNSETTLED;
        };
    }

    /** The simplest come first: that it is kept, that it is another register, a place beside the vectors, a number. */
    private static Set<Expression> expressions(Moment moment, Register register) {
        long after = moment.after(register).orElseThrow();
        String self = RegisterNames.name(register);
        Set<Expression> found = new LinkedHashSet<>();
        if (moment.before(register).getAsLong() == after) {
            found.add(new Expression.Register(self));
        }
        if (register.width() > 32) {
            return found;
        }
        boolean isBase = register == Register.HVBAR;
        for (String name : SOURCES) {
            OptionalLong value = moment.before(name);
            if (value.isPresent() && (isBase ? value.getAsLong() & ~VECTORS : value.getAsLong()) == after) {
                found.add(new Expression.Register(name));
            }
        }
        OptionalLong base = moment.before(Register.HVBAR);
        long distance = after - base.orElse(after);
        if (distance > 0 && distance < PAGE) {
            found.add(new Expression.Binary('+', new Expression.Register("HVBAR"), new Expression.Literal(distance)));
        }
        found.add(new Expression.Literal(after));
        return found;
    }

    private static Set<Expression> targets(Moment moment, long reached) {
        Set<Expression> found = new LinkedHashSet<>();
        for (String name : SOURCES) {
            OptionalLong value = moment.before(name);
            if (value.isPresent() && BranchTarget.of(value.getAsLong()) == reached) {
                found.add(new Expression.Register(name));
            }
        }
        found.add(new Expression.Literal(reached));
        return found;
    }
}
