package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.check.Claim.Verdict;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One hypercall held against a description.
 *
 * @param abi the description
 * @param call the hypercall
 * @param function what the call is to the description; empty when it says nothing of such a call
 * @param claims what the description says of it, one by one
 */
public record CallCheck(Abi abi, Hypercall call, Optional<AbiFunction> function, List<Claim> claims) {
    /** What is held against a call. */
    public enum Level {
        /** Results, effects, and what the contract promises to keep. */
        CONTRACT,
        /** Everything that the handler is known to do and to leave alone. */
        EXACT;

        /** As users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CallCheck {
        claims = List.copyOf(claims);
    }

    /** Holds a call against a description. */
    public static CallCheck of(Abi abi, Hypercall call, Level level) {
        Optional<AbiFunction> function = function(abi, call);
        List<Claim> claims =
                function.map(f -> new Claims(abi, f, call, level).list()).orElse(List.of());
        return new CallCheck(abi, call, function, claims);
    }

    private static Optional<AbiFunction> function(Abi abi, Hypercall call) {
        if (abi.architecture() != Abi.Architecture.AARCH32
                || abi.entry().instruction() != Abi.Instruction.HVC
                || abi.entry().hostOnly() && new Moment(call).isFromGuest()
                || call.immediate().isPresent()
                        && !abi.hasImmediate(call.immediate().getAsInt())) {
            return Optional.empty();
        }
        if (abi.entry().selector().isEmpty()) {
            return abi.others();
        }
        OptionalLong selector = new Moment(call).before(abi.entry().selector().get());
        return selector.isEmpty() ? Optional.empty() : abi.function(selector.getAsLong());
    }

    /** Whether the recording contradicts nothing that the description says of the call, which is something. */
    public boolean isConsistent() {
        return function.isPresent() && count(claim -> claim.verdict() == Verdict.CONTRADICTED) == 0;
    }

    /** How many claims were borne out that tell more than that something is kept. */
    public int support() {
        return count(claim -> claim.verdict() == Verdict.AGREES && claim.weight());
    }

    /** How many claims were borne out. */
    public int agreeing() {
        return count(claim -> claim.verdict() == Verdict.AGREES);
    }

    /** The claims that the recording contradicts. */
    public List<Claim> contradictions() {
        return claims.stream()
                .filter(claim -> claim.verdict() == Verdict.CONTRADICTED)
                .toList();
    }

    /**
     * Whether a caller that speaks this ABI could have meant the call: it asks for a function, with arguments that the function
     * may be given.
     */
    public boolean isMeaningful() {
        if (function.isEmpty()
                || function.get().error()
                || function.get().name().isEmpty()) {
            return false;
        }
        Moment moment = new Moment(call);
        return function.get().arguments().stream().allMatch(argument -> {
            OptionalLong value = moment.before(argument.register());
            return value.isEmpty() || argument.accepts(value.getAsLong());
        });
    }

    private int count(Predicate<Claim> predicate) {
        return (int) claims.stream().filter(predicate).count();
    }
}
