package dev.hyptrace.diff.abi.infer;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.Selectors;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A description of what one party was seen to do with hypercalls that r0 tells apart. */
public final class Inference {
    private static final String SELECTOR = "r0";
    private static final int NOT_HELD_BY_HVBAR = 0x1f;
    private static final int HYP_CALL_SLOT = 0x08;

    private final List<String> uncertain = new ArrayList<>();

    private Inference() {}

    /** One function: the values of the selector that ask for it, and what it does. */
    private record Cluster(List<Long> selectors, Behaviour behaviour) {
        Cluster with(long selector, Behaviour other) {
            List<Long> more = new ArrayList<>(selectors);
            more.add(selector);
            return new Cluster(more, behaviour.and(other));
        }
    }

    /**
     * Describes what the calls show.
     *
     * @param name the description's name
     * @param title what was seen
     * @param calls calls that one party answered, probed or recorded
     * @param names gives the name of a function for a value of the selector; empty for none
     * @return empty when r0 is known of no call
     */
    public static Optional<Abi> of(
            String name, String title, List<Hypercall> calls, Function<Long, Optional<String>> names) {
        List<Hypercall> known = calls.stream()
                .filter(call -> !call.fromHyp() && call.call().has(Register.R0))
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Inference().describe(name, title, known, fromHyp(calls), names));
    }

    /**
     * The immediates of the calls that are answered, where calls with others are not: each of those is the same wait for
     * nothing. Empty where the immediate makes no such difference.
     */
    private static List<Integer> immediates(List<Hypercall> calls) {
        Set<Integer> answered = new TreeSet<>();
        Set<Integer> ignored = new TreeSet<>();
        for (Hypercall call : calls) {
            if (call.immediate().isEmpty()) {
                return List.of();
            }
            boolean returned = call.outcome() != Outcome.NEVER_RETURNED;
            (returned ? answered : ignored).add(call.immediate().getAsInt());
        }
        ignored.removeAll(answered);
        return ignored.isEmpty() ? List.of() : List.copyOf(answered);
    }

    private static String numbers(List<Integer> immediates) {
        return immediates.stream().map(FunctionText::number).collect(Collectors.joining(", "));
    }

    private static List<Hypercall> fromHyp(List<Hypercall> calls) {
        return calls.stream().filter(Hypercall::fromHyp).toList();
    }

    private Abi describe(
            String name,
            String title,
            List<Hypercall> calls,
            List<Hypercall> fromHyp,
            Function<Long, Optional<String>> names) {
        List<Integer> immediates = immediates(calls);
        List<Hypercall> answered = immediates.isEmpty()
                ? calls
                : calls.stream()
                        .filter(call -> immediates.contains(call.immediate().orElseThrow()))
                        .toList();
        if (!immediates.isEmpty()) {
            uncertain.add((calls.size() - answered.size()) + " calls with another immediate than " + numbers(immediates)
                    + " did not come back");
        }
        List<Cluster> clusters = clusters(groups(answered));
        boolean single = clusters.size() == 1;
        Cluster others = others(clusters);
        List<AbiFunction> functions = new ArrayList<>();
        for (Cluster cluster : clusters) {
            if (!cluster.equals(others)) {
                functions.add(function(cluster, false, names));
            }
        }
        functions.add(function(others, true, names));
        if (!single) {
            uncertain.add("Values of r0 that were tried: " + tried(clusters)
                    + "; any other is taken to be as those of \"other\"");
        }
        return new Abi(
                name,
                title,
                List.of(),
                Abi.Party.STUB,
                Abi.Architecture.AARCH32,
                List.of(),
                List.of(new Abi.Source(title, "", calls.size() + " calls")),
                new Abi.Entry(
                        Abi.Instruction.HVC, immediates, single ? Optional.empty() : Optional.of(SELECTOR), false),
                functions,
                List.of(),
                slots(fromHyp),
                List.of(),
                List.of(),
                uncertain,
                List.of(),
                List.of());
    }

    /** A call from Hyp mode that never returns, whatever it asks for, is what a loop at the slot does. */
    private static List<Abi.Slot> slots(List<Hypercall> fromHyp) {
        boolean spins =
                !fromHyp.isEmpty() && fromHyp.stream().allMatch(call -> call.outcome() == Outcome.NEVER_RETURNED);
        return spins ? List.of(new Abi.Slot(HYP_CALL_SLOT, "SPINS")) : List.of();
    }

    /** By unsigned value of the selector. A call that did not come back says nothing where others of its kind did. */
    private Map<Long, Behaviour> groups(List<Hypercall> calls) {
        Map<Long, List<Hypercall>> bySelector = new TreeMap<>();
        calls.forEach(call -> bySelector
                .computeIfAbsent(call.call().require(Register.R0), key -> new ArrayList<>())
                .add(call));
        Map<Long, Behaviour> groups = new TreeMap<>();
        bySelector.forEach((selector, group) -> {
            List<Behaviour> ended = group.stream()
                    .filter(call -> call.outcome() != Outcome.NEVER_RETURNED)
                    .map(Behaviour::of)
                    .toList();
            int lost = group.size() - ended.size();
            if (!ended.isEmpty() && lost > 0) {
                uncertain.add(lost + " of " + group.size() + " calls with r0 = " + FunctionText.number(selector)
                        + " did not come back to anything that was followed");
            }
            groups.put(
                    selector,
                    Behaviour.of(
                            ended.isEmpty() ? group.stream().map(Behaviour::of).toList() : ended));
        });
        return groups;
    }

    /** Great values first: they are numbers of functions least likely, and so show what is done with what is none. */
    private static List<Cluster> clusters(Map<Long, Behaviour> groups) {
        List<Cluster> clusters = new ArrayList<>();
        List<Long> selectors = new ArrayList<>(groups.keySet());
        selectors.sort(Comparator.reverseOrder());
        for (long selector : selectors) {
            Behaviour behaviour = groups.get(selector);
            int fitting = 0;
            while (fitting < clusters.size() && !clusters.get(fitting).behaviour.fits(behaviour)) {
                fitting++;
            }
            if (fitting == clusters.size()) {
                clusters.add(new Cluster(List.of(selector), behaviour));
            } else {
                clusters.set(fitting, clusters.get(fitting).with(selector, behaviour));
            }
        }
        clusters.sort(Comparator.comparingLong(cluster -> cluster.selectors.get(cluster.selectors.size() - 1)));
        return clusters;
    }

    /** What most values ask for; with equal numbers, what the greatest asks for. */
    private static Cluster others(List<Cluster> clusters) {
        return clusters.stream()
                .max(Comparator.<Cluster>comparingInt(cluster -> cluster.selectors.size())
                        .thenComparingLong(cluster -> cluster.selectors.get(0)))
                .orElseThrow();
    }

    private AbiFunction function(Cluster cluster, boolean others, Function<Long, Optional<String>> names) {
        Behaviour behaviour = cluster.behaviour;
        List<Assignment> sets = new ArrayList<>();
        List<String> clobbers = new ArrayList<>();
        String known = names.apply(cluster.selectors.get(0)).orElse("");
        String shown =
                known.isEmpty() ? "r0 = " + (others ? "other" : FunctionText.number(cluster.selectors.get(0))) : known;
        behaviour.values().forEach((register, expressions) -> {
            if (register.equals(Behaviour.TARGET)) {
                return;
            }
            if (expressions.isEmpty()) {
                clobbers.add(register);
            } else if (!expressions.contains(new Expression.Register(register))) {
                int notHeld = register.equals("HVBAR") ? NOT_HELD_BY_HVBAR : 0;
                sets.add(new Assignment(register, first(expressions, register, shown), "", notHeld));
            }
        });
        Optional<Expression> target = Optional.ofNullable(behaviour.values().get(Behaviour.TARGET))
                .flatMap(set -> set.stream().findFirst());
        Ending ending = behaviour.ending() == Ending.JUMPS && target.isEmpty() ? Ending.UNSETTLED : behaviour.ending();
        List<Selectors> selectors = others
                ? List.of()
                : cluster.selectors.stream()
                        .sorted()
                        .map(value -> new Selectors(value, value))
                        .toList();
        return new AbiFunction(
                known,
                List.of(),
                selectors,
                List.of(),
                sets,
                ending,
                ending == Ending.JUMPS ? target : Optional.empty(),
                clobbers,
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                behaviour.calls());
    }

    private Expression first(Set<Expression> expressions, String register, String function) {
        Expression first = expressions.iterator().next();
        expressions.stream()
                .skip(1)
                .filter(other -> isAlternative(first, other))
                .findFirst()
                .ifPresent(other -> uncertain.add(function + ": " + register + " := " + first + " could as well be "
                        + register + " := " + other));
        return first;
    }

    /** A number that a register happened to hold each time is no other explanation. */
    private static boolean isAlternative(Expression first, Expression other) {
        return !(other instanceof Expression.Literal) || first instanceof Expression.Literal;
    }

    private static String tried(List<Cluster> clusters) {
        List<Long> all = new ArrayList<>();
        clusters.forEach(cluster -> all.addAll(cluster.selectors));
        all.sort(Comparator.naturalOrder());
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int end = i;
            while (end + 1 < all.size() && all.get(end + 1) == all.get(end) + 1) {
                end++;
            }
            parts.add(FunctionText.number(all.get(i)) + (end == i ? "" : " to " + FunctionText.number(all.get(end))));
            i = end;
        }
        return String.join(", ", parts);
    }
}
