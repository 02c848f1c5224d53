package dev.hyptrace.diff.abi.infer;

import dev.hyptrace.diff.abi.check.CallCheck;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.check.Claim;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a description does on calls of a party that is not known.
 *
 * @param known the description
 * @param calls the calls that it was held against: those that can be its own
 * @param checks one for each
 * @param untried its functions that no call asked for and came back from
 */
public record Likeness(Abi known, List<Hypercall> calls, List<CallCheck> checks, List<String> untried) {
    public Likeness {
        calls = List.copyOf(calls);
        checks = List.copyOf(checks);
        untried = List.copyOf(untried);
    }

    /** All descriptions of AArch32 parties that are called by HVC, the most alike first. */
    public static List<Likeness> of(List<Hypercall> calls, List<Abi> library) {
        return library.stream()
                .filter(abi -> abi.architecture() == Abi.Architecture.AARCH32
                        && abi.entry().instruction() == Abi.Instruction.HVC)
                .map(abi -> of(calls, abi))
                .filter(likeness -> likeness.support() > 0)
                .sorted(Comparator.comparing(Likeness::isEqual)
                        .thenComparingInt(Likeness::score)
                        .thenComparingInt(Likeness::explained)
                        .reversed())
                .toList();
    }

    /** Those of {@link #of(List, List)} that are borne out most, nothing contradicts, and every function of which was tried. */
    static List<Likeness> equal(List<Likeness> sorted) {
        int most = sorted.isEmpty() ? 0 : sorted.get(0).score();
        return sorted.stream()
                .filter(likeness -> likeness.isEqual() && likeness.score() == most)
                .toList();
    }

    /** Calls with an immediate that is none of the description's are not its affair. */
    private static Likeness of(List<Hypercall> all, Abi abi) {
        List<Hypercall> calls = all.stream()
                .filter(call -> call.immediate().isEmpty()
                        || abi.hasImmediate(call.immediate().getAsInt()))
                .toList();
        List<CallCheck> checks =
                calls.stream().map(call -> CallCheck.of(abi, call, Level.EXACT)).toList();
        Set<AbiFunction> asked = new LinkedHashSet<>();
        checks.stream().filter(Likeness::hasEnded).forEach(check -> check.function()
                .ifPresent(asked::add));
        List<String> untried = abi.functions().stream()
                .filter(function -> !asked.contains(function))
                .map(FunctionText::name)
                .toList();
        return new Likeness(abi, calls, checks, untried);
    }

    /** A call that does not come back shows what its function does only where that is the function's doing. */
    private static boolean hasEnded(CallCheck check) {
        return check.call().outcome() != Outcome.NEVER_RETURNED
                || check.function()
                        .filter(function -> function.ending() == AbiFunction.Ending.SPINS)
                        .isPresent();
    }

    /** Whether nothing contradicts it, and every function of it was tried. */
    public boolean isEqual() {
        return explained() == calls.size() && untried.isEmpty();
    }

    /** How many calls it explains. */
    public int explained() {
        return (int) checks.stream().filter(CallCheck::isConsistent).count();
    }

    /** What is contradicted weighs as much as what is borne out; what is left open weighs nothing. */
    int score() {
        return support()
                - checks.stream()
                        .mapToInt(check -> check.contradictions().size())
                        .sum();
    }

    int support() {
        return checks.stream().mapToInt(CallCheck::support).sum();
    }

    /**
     * How what was seen differs from it, by function.
     *
     * @param inferred what was seen, as a description
     */
    public List<String> differences(Abi inferred) {
        Map<AbiFunction, List<CallCheck>> contradicted = new LinkedHashMap<>();
        for (CallCheck check : checks) {
            if (!check.isConsistent() && check.function().isPresent()) {
                contradicted
                        .computeIfAbsent(check.function().get(), key -> new ArrayList<>())
                        .add(check);
            }
        }
        List<String> sentences = new ArrayList<>();
        contradicted.forEach((function, failed) -> sentences.add(sentence(function, failed, inferred)));
        return sentences;
    }

    private String sentence(AbiFunction function, List<CallCheck> failed, Abi inferred) {
        String subjects = failed.stream()
                .flatMap(check -> check.contradictions().stream())
                .map(Claim::subject)
                .distinct()
                .collect(Collectors.joining(", "));
        Set<Long> selectors = failed.stream()
                .flatMap(check -> check.call().call().bits(Register.R0).stream().boxed())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String asked = selectors.stream().limit(4).map(FunctionText::number).collect(Collectors.joining(", "))
                + (selectors.size() > 4 ? ", ..." : "");
        String here = selectors.stream()
                .findFirst()
                .flatMap(inferred::function)
                .map(FunctionText::effects)
                .orElse("?");
        return FunctionText.name(function) + " (r0 = " + asked + "), " + subjects + ": " + known.name() + " has \""
                + FunctionText.effects(function) + "\", here it is \"" + here + "\" (" + failed.size()
                + (failed.size() == 1 ? " call)" : " calls)");
    }

    /** The name of the function that a value of the selector asks for, where what it did is what this description says. */
    public Optional<String> name(long selector) {
        return checks.stream()
                .filter(check -> check.call().call().bits(Register.R0).orElse(-1) == selector
                        && check.isConsistent()
                        && check.call().outcome() != Outcome.NEVER_RETURNED)
                .flatMap(check -> check.function().stream())
                .map(AbiFunction::name)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
