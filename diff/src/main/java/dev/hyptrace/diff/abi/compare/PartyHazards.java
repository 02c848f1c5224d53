package dev.hyptrace.diff.abi.compare;

import dev.hyptrace.diff.abi.compare.Hazard.Kind;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.FromHyp;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two parties that is no one function's: the contract, the other vectors, calls from Hyp mode. */
final class PartyHazards {
    private final Column caller;
    private final Column party;

    PartyHazards(Column caller, Column party) {
        this.caller = caller;
        this.party = party;
    }

    void into(List<Hazard> hazards) {
        contract().ifPresent(sentence -> hazards.add(hazard(Kind.CONTRACT, sentence)));
        boolean oneTable = caller.abi().architecture() == party.abi().architecture();
        if (oneTable && !caller.abi().slots().isEmpty()) {
            vectors().forEach(sentence -> hazards.add(hazard(Kind.VECTORS, sentence)));
        }
        fromHyp().ifPresent(sentence -> hazards.add(hazard(Kind.FROM_HYP, sentence)));
    }

    private Hazard hazard(Kind kind, String sentence) {
        return new Hazard(caller.label(), party.label(), kind, "", "", sentence);
    }

    /** A register that the caller's contract keeps and the party's gives up, or of which one has nothing in writing. */
    private Optional<String> contract() {
        NavigableSet<String> lost = contract(party);
        NavigableSet<String> more = new TreeSet<>(lost);
        more.removeAll(contract(caller));
        if (more.isEmpty()) {
            return Optional.empty();
        }
        String written = contract(caller).isEmpty() ? " (" + caller.label() + " has no contract in writing)" : "";
        return Optional.of("A " + caller.label() + " caller may not count on " + Phrase.list(more) + " after a call of "
                + party.label() + ", whose contract " + functions(more) + "lets " + (more.size() == 1 ? "it" : "them")
                + " be lost" + written + ".");
    }

    /** {@code "for kvm_call_hyp "}: the functions that give the registers up, where not the whole party does. */
    private String functions(Set<String> registers) {
        Abi abi = party.abi();
        boolean all = abi.contractClobbers().stream()
                .map(name -> Correspondence.register(abi.architecture(), name))
                .anyMatch(registers::contains);
        List<String> names = abi.functions().stream()
                .filter(function -> function.contractClobbers().stream()
                        .map(name -> Correspondence.register(abi.architecture(), name))
                        .anyMatch(registers::contains))
                .map(FunctionText::name)
                .toList();
        return all || names.size() == abi.functions().size() ? "" : "for " + String.join(" and ", names) + " ";
    }

    /** The registers that some call may lose by the contract. */
    static NavigableSet<String> contract(Column column) {
        NavigableSet<String> lost = new TreeSet<>();
        Abi abi = column.abi();
        abi.contractClobbers().forEach(name -> lost.add(Correspondence.register(abi.architecture(), name)));
        abi.functions().stream()
                .flatMap(function -> function.contractClobbers().stream())
                .forEach(name -> lost.add(Correspondence.register(abi.architecture(), name)));
        return lost;
    }

    private List<String> vectors() {
        Map<String, TreeSet<String>> differing = new TreeMap<>();
        for (int offset = 0; offset < 0x20; offset += 4) {
            String here = caller.vector(offset);
            String there = party.vector(offset);
            if (caller.settles(offset) && party.settles(offset) && !here.equals(there)) {
                String what = ": on " + caller.label() + " it " + here + ", on " + party.label() + " it " + there;
                differing.computeIfAbsent(what, key -> new TreeSet<>()).add(Vectors.offset(offset));
            }
        }
        return differing.entrySet().stream()
                .map(entry ->
                        "What comes in at the vector " + String.join(", ", entry.getValue()) + entry.getKey() + ".")
                .toList();
    }

    /** Said once, of the first function that shows it. */
    private Optional<String> fromHyp() {
        for (AbiFunction function : caller.abi().functions()) {
            Optional<AbiFunction> taken = function.selectors().isEmpty()
                    ? party.abi().others()
                    : party.abi().function(function.selectors().get(0).from());
            Optional<FromHyp> here = function.fromHyp();
            Optional<FromHyp> there = taken.flatMap(AbiFunction::fromHyp);
            String one = here.map(hyp -> text(caller.abi(), hyp)).orElse("what the vector 0x08 does");
            String two = there.map(hyp -> text(party.abi(), hyp)).orElse("what the vector 0x08 does");
            if (!one.equals(two)) {
                return Optional.of("The same call made in Hyp mode comes in at the vector 0x08: to " + caller.label()
                        + " " + one + ", to " + party.label() + " " + two + ".");
            }
        }
        return Optional.empty();
    }

    private static String text(Abi abi, FromHyp hyp) {
        Behaviour behaviour = Behaviour.of(abi, hyp.sets(), hyp.ending(), hyp.target(), List.of());
        boolean returns = behaviour.ending() == Ending.RETURNS;
        return "that is " + new Phrase(Map.of()).gerund(behaviour) + (returns ? " and returning to Hyp mode" : "");
    }
}
