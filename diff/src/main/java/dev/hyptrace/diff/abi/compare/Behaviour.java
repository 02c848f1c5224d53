package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.Expression;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a function does, in the registers of AArch32 and without an order, so that two can be compared.
 *
 * @param sets registers that get a value
 * @param target for {@link Ending#JUMPS}
 * @param destroyed registers whose value means nothing afterwards, in fact
 */
record Behaviour(
        NavigableMap<String, Expression> sets,
        Ending ending,
        Optional<Expression> target,
        NavigableSet<String> destroyed) {

    static Behaviour of(Abi abi, AbiFunction function) {
        return of(abi, function.sets(), function.ending(), function.target(), function.exactClobbers());
    }

    static Behaviour of(
            Abi abi, List<Assignment> sets, Ending ending, Optional<Expression> target, List<String> destroyed) {
        NavigableMap<String, Expression> values = new TreeMap<>();
        for (Assignment set : sets) {
            values.put(
                    Correspondence.register(abi.architecture(), set.register()),
                    Correspondence.expression(abi.architecture(), set.value()));
        }
        NavigableSet<String> lost = new TreeSet<>();
        destroyed.forEach(name -> lost.add(Correspondence.register(abi.architecture(), name)));
        return new Behaviour(values, ending, target.map(t -> Correspondence.expression(abi.architecture(), t)), lost);
    }

    /** The same where a register is known to hold a value at the call: giving it that value is to leave it alone. */
    Behaviour given(String register, long value) {
        NavigableMap<String, Expression> values = new TreeMap<>(sets);
        values.remove(register, new Expression.Literal(value));
        return new Behaviour(values, ending, target, destroyed);
    }

    /** Whether all that the other does is done here too, and the call ends the same way. */
    boolean does(Behaviour other) {
        return ending == other.ending
                && target.equals(other.target)
                && other.sets.entrySet().stream().allMatch(set -> set.getValue().equals(sets.get(set.getKey())));
    }

    /** What is done here that the other does not do; it ends by returning, so that no word is said of that. */
    Behaviour beyond(Behaviour other) {
        NavigableMap<String, Expression> more = new TreeMap<>(sets);
        other.sets.forEach(more::remove);
        NavigableSet<String> lost = new TreeSet<>(destroyed);
        lost.removeAll(other.destroyed);
        lost.removeAll(other.sets.keySet());
        return new Behaviour(more, Ending.RETURNS, Optional.empty(), lost);
    }

    boolean isNothing() {
        return sets.isEmpty() && destroyed.isEmpty() && ending == Ending.RETURNS;
    }

    /** Registers that get a value which the description does not settle. */
    NavigableSet<String> open() {
        NavigableSet<String> open = new TreeSet<>();
        for (Map.Entry<String, Expression> set : sets.entrySet()) {
            if (set.getValue().toString().contains("?")) {
                open.add(set.getKey());
            }
        }
        return open;
    }
}
