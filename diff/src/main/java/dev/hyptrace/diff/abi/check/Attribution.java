package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * The calls that one party answered, and the descriptions that explain them.
 *
 * @param base the vectors they came in by, HVBAR; empty where that was not recorded
 * @param guests whether guests of a hypervisor made the calls
 * @param calls the calls, in their order
 * @param best the descriptions that explain all of them and are borne out most, in the order of the library; empty when none
 *     explains them
 * @param others the descriptions that nothing contradicts, but that say less of what was seen
 * @param possible for no explanation: the descriptions that nothing contradicts and nothing bears out, with calls that their
 *     callers could have meant
 * @param closest for no explanation: the descriptions that are borne out most, and contradicted least
 */
public record Attribution(
        OptionalLong base,
        boolean guests,
        List<Hypercall> calls,
        List<Candidate> best,
        List<Candidate> others,
        List<Candidate> possible,
        List<Candidate> closest) {
    /**
     * A description held against all calls of a party.
     *
     * @param checks one for each call
     */
    public record Candidate(Abi abi, List<CallCheck> checks) {
        public Candidate {
            checks = List.copyOf(checks);
        }

        /** How many calls it explains. */
        public int consistent() {
            return (int) checks.stream().filter(CallCheck::isConsistent).count();
        }

        /** How much of what it says was borne out: first what tells it from others. */
        public int support() {
            return checks.stream().mapToInt(CallCheck::support).sum();
        }

        /** How many calls a caller of this ABI could have meant. */
        int meaningful() {
            return (int) checks.stream().filter(CallCheck::isMeaningful).count();
        }

        int contradictions() {
            return checks.stream()
                    .mapToInt(check -> check.contradictions().size())
                    .sum();
        }

        int agreeing() {
            return checks.stream().mapToInt(CallCheck::agreeing).sum();
        }
    }

    public Attribution {
        calls = List.copyOf(calls);
        best = List.copyOf(best);
        others = List.copyOf(others);
        possible = List.copyOf(possible);
        closest = List.copyOf(closest);
    }

    /** Tells the parties of a trace apart by the vectors that calls come in by, and asks for each which descriptions fit. */
    public static List<Attribution> of(List<Hypercall> calls, List<Abi> library, Level level) {
        return AnsweredTogether.of(calls).stream()
                .map(party -> of(party, library, level))
                .toList();
    }

    private static Attribution of(AnsweredTogether party, List<Abi> library, Level level) {
        List<Hypercall> calls = party.calls();
        List<Candidate> candidates = library.stream()
                .filter(abi -> abi.architecture() == Abi.Architecture.AARCH32)
                .map(abi -> candidate(abi, calls, level))
                .filter(candidate ->
                        candidate.checks().stream().anyMatch(c -> c.function().isPresent()))
                .toList();
        List<Candidate> consistent = candidates.stream()
                .filter(candidate -> candidate.consistent() == calls.size() && candidate.support() > 0)
                .toList();
        List<Candidate> best =
                most(most(most(consistent, Candidate::support), Candidate::meaningful), Candidate::agreeing);
        List<Candidate> supported =
                candidates.stream().filter(candidate -> candidate.support() > 0).toList();
        List<Candidate> closest = consistent.isEmpty()
                ? most(most(most(supported, Candidate::support), c -> -c.contradictions()), Candidate::meaningful)
                : List.of();
        return new Attribution(
                party.base(),
                party.guests(),
                calls,
                best,
                consistent.stream()
                        .filter(candidate -> !best.contains(candidate))
                        .toList(),
                consistent.isEmpty() ? possible(candidates, calls.size()) : List.of(),
                closest);
    }

    private static List<Candidate> possible(List<Candidate> candidates, int calls) {
        return candidates.stream()
                .filter(candidate -> candidate.consistent() == calls && candidate.meaningful() == calls)
                .toList();
    }

    /** Those of the candidates that have the most of something. */
    private static List<Candidate> most(List<Candidate> candidates, ToIntFunction<Candidate> measure) {
        int most = candidates.stream().mapToInt(measure).max().orElse(0);
        return candidates.stream()
                .filter(candidate -> measure.applyAsInt(candidate) == most)
                .toList();
    }

    private static Candidate candidate(Abi abi, List<Hypercall> calls, Level level) {
        return new Candidate(
                abi, calls.stream().map(call -> CallCheck.of(abi, call, level)).toList());
    }
}
