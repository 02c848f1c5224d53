package dev.hyptrace.diff.abi.check;

import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A caller that speaks another ABI than the stub that answers it.
 *
 * @param call the first call that shows it
 * @param callers what the caller may speak: the call has a meaning in each
 * @param stubs what the stub may be, in none of which the call is what the caller meant
 */
public record Mismatch(Hypercall call, List<Abi> callers, List<Abi> stubs) {
    public Mismatch {
        callers = List.copyOf(callers);
        stubs = List.copyOf(stubs);
    }

    /**
     * Looks for a mismatch among the calls that one stub answered.
     *
     * @return empty when every call means the same to the stub and to some caller, or the stub is not known
     */
    public static Optional<Mismatch> of(Attribution party, List<Abi> library) {
        List<Abi> stubs = party.best().stream()
                .map(Attribution.Candidate::abi)
                .filter(abi -> abi.party() == Abi.Party.STUB)
                .toList();
        if (stubs.isEmpty() || stubs.size() < party.best().size()) {
            return Optional.empty();
        }
        List<Abi> callers = new ArrayList<>(library);
        callers.removeIf(abi -> abi.party() != Abi.Party.STUB || abi.architecture() != Abi.Architecture.AARCH32);
        Optional<Hypercall> shown = Optional.empty();
        for (Hypercall call : party.calls()) {
            List<Abi> meaning = callers.stream()
                    .filter(abi -> CallCheck.of(abi, call, Level.EXACT).isMeaningful())
                    .toList();
            if (meaning.isEmpty()) {
                continue;
            }
            callers = new ArrayList<>(meaning);
            if (shown.isEmpty() && stubs.stream().noneMatch(meaning::contains)) {
                shown = Optional.of(call);
            }
        }
        List<Abi> speakers = callers;
        if (stubs.stream().anyMatch(speakers::contains)) {
            return Optional.empty();
        }
        return shown.map(call -> new Mismatch(call, speakers, stubs));
    }

    /** The finding, one sentence an element. */
    public List<String> sentences() {
        CallCheck taken = CallCheck.of(stubs.get(0), call, Level.EXACT);
        List<String> sentences = new ArrayList<>();
        sentences.add("The caller speaks " + names(callers) + ", the stub is " + names(stubs) + ".");
        Map<String, List<Abi>> meanings = new LinkedHashMap<>();
        for (Abi caller : callers) {
            AbiFunction meant = function(caller);
            String meaning = FunctionText.name(meant) + " (" + FunctionText.effects(meant) + ")";
            meanings.computeIfAbsent(meaning, key -> new ArrayList<>()).add(caller);
        }
        String meant = meanings.entrySet().stream()
                .map(entry -> entry.getKey() + (meanings.size() == 1 ? "" : " in " + names(entry.getValue())))
                .collect(Collectors.joining(", or "));
        sentences.add("Hypercall " + call.number() + " (" + arguments(taken) + ") is to the caller " + meant + ".");
        AbiFunction took = taken.function().orElseThrow();
        sentences.add("The stub takes it for " + FunctionText.name(took) + " (" + FunctionText.effects(took) + "): "
                + did() + ".");
        return sentences;
    }

    private AbiFunction function(Abi abi) {
        return CallCheck.of(abi, call, Level.EXACT).function().orElseThrow();
    }

    private static String names(List<Abi> abis) {
        return abis.stream().map(Abi::name).collect(Collectors.joining(" or "));
    }

    private String arguments(CallCheck taken) {
        Moment moment = new Moment(call);
        Set<String> names = new TreeSet<>();
        taken.abi().entry().selector().ifPresent(names::add);
        taken.function().orElseThrow().arguments().forEach(argument -> names.add(argument.register()));
        for (Abi caller : callers) {
            caller.entry().selector().ifPresent(names::add);
            function(caller).arguments().forEach(argument -> names.add(argument.register()));
        }
        return names.stream()
                .map(name -> name + " = "
                        + moment.before(name).stream()
                                .mapToObj(Claim::hex)
                                .findFirst()
                                .orElse("not recorded"))
                .collect(Collectors.joining(", "));
    }

    /** What came of the call. */
    private String did() {
        Moment moment = new Moment(call);
        List<String> parts = new ArrayList<>();
        if (call.outcome() == Hypercall.Outcome.ENTERED_PAYLOAD) {
            parts.add("it went on in Hyp mode at "
                    + (call.payload().isPresent()
                            ? Claim.hex(Integer.toUnsignedLong(call.payload().getAsInt()))
                            : "another place"));
        } else if (call.outcome() != Hypercall.Outcome.RETURNED) {
            parts.add("it ended so: " + call.outcome().text());
        }
        for (String name : List.of("HVBAR", "r0")) {
            OptionalLong before = moment.before(name);
            OptionalLong after = moment.after(name);
            if (before.isPresent() && after.isPresent()) {
                parts.add(name + (before.equals(after) ? " stayed " : " became ") + Claim.hex(after.getAsLong()));
            }
        }
        return parts.isEmpty() ? "what it did is not recorded" : String.join(", ", parts);
    }
}
