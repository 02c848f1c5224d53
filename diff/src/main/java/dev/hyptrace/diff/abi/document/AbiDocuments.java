package dev.hyptrace.diff.abi.document;

import dev.hyptrace.diff.abi.compare.Column;
import dev.hyptrace.diff.abi.compare.Correspondence;
import dev.hyptrace.diff.abi.compare.Hazard;
import dev.hyptrace.diff.abi.compare.Hazards;
import dev.hyptrace.diff.abi.compare.Vectors;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.Abi.Architecture;
import dev.hyptrace.diff.abi.description.Abi.Party;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.document.AbiDocument.Block;
import dev.hyptrace.diff.abi.document.AbiDocument.Items;
import dev.hyptrace.diff.abi.document.AbiDocument.Paragraph;
import dev.hyptrace.diff.abi.document.AbiDocument.Proof;
import dev.hyptrace.diff.abi.document.AbiDocument.Section;
import dev.hyptrace.diff.abi.document.AbiDocument.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the document of a description: what stands in it, and what follows from its neighbours in the library. */
public final class AbiDocuments {
    private final Abi abi;
    private final List<Abi> library;
    private final List<Section> sections = new ArrayList<>();

    private AbiDocuments(Abi abi, List<Abi> library) {
        this.abi = abi;
        this.library = library;
    }

    /**
     * Makes it.
     *
     * @param library the descriptions that {@code see_also} names, related ones together and older ones first
     */
    public static AbiDocument of(Abi abi, List<Abi> library) {
        AbiDocuments document = new AbiDocuments(abi, library);
        document.overview();
        document.convention();
        document.functions();
        document.clobbers();
        document.notValidated();
        document.vectors();
        document.neighbours();
        document.keepInStep();
        document.evidence();
        document.sources();
        document.uncertain();
        return new AbiDocument(abi.title().isEmpty() ? abi.name() : abi.title(), document.sections);
    }

    private void section(String title, List<Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.add(new Section(title, blocks));
        }
    }

    private void overview() {
        List<Block> blocks = new ArrayList<>();
        abi.text().forEach(text -> blocks.add(new Paragraph(text)));
        String versions = abi.versions().stream().map(Abi.Versions::describe).collect(Collectors.joining("; "));
        blocks.add(new Paragraph("Made by hyptrace from the description " + abi.name() + " ("
                + abi.party().text() + ", " + FunctionBlocks.name(abi.architecture())
                + (versions.isEmpty() ? "" : "; " + versions) + ")."));
        if (!abi.text().isEmpty()) {
            blocks.add(new Proof(abi.proof("text")));
        }
        section("Overview", blocks);
    }

    private void convention() {
        Column column = Column.of(abi);
        List<String> items = new ArrayList<>();
        String instruction = abi.entry().instruction().name();
        items.add("A call is made by " + instruction + immediates() + ", from any mode but User and Hyp.");
        items.add(column.abi()
                .entry()
                .selector()
                .map(register -> register + " says which function is asked for.")
                .orElse("There is one function: no register says which."));
        if (abi.functions().stream().anyMatch(AbiFunction::error)) {
            items.add("An error: " + errors() + ".");
        }
        if (abi.entry().hostOnly()) {
            items.add("Only the host's calls are meant: those of a guest, with another VTTBR.VMID than 0, are not.");
        }
        items.add("What a function does not name, it keeps.");
        section("Calling convention", List.of(new Items(items), new Proof(abi.proof("not_validated"))));
    }

    private String immediates() {
        return abi.entry().immediates().isEmpty()
                ? "; callers write #0, and the handler does not look at the immediate"
                : " "
                        + abi.entry().immediates().stream()
                                .map(i -> "#" + FunctionText.number(i))
                                .collect(Collectors.joining(" or "));
    }

    private String errors() {
        Set<String> errors = new LinkedHashSet<>();
        abi.functions().stream()
                .filter(AbiFunction::error)
                .flatMap(function -> function.sets().stream())
                .filter(set -> set.value().registers().isEmpty()
                        && !set.value().toString().startsWith("?"))
                .forEach(set -> errors.add(
                        set.register() + " = " + set.value() + (set.text().isEmpty() ? "" : " (" + set.text() + ")")));
        return String.join(", ", errors);
    }

    private void functions() {
        List<Block> blocks = new ArrayList<>();
        abi.functions().forEach(function -> blocks.addAll(new FunctionBlocks(abi, function).list()));
        section("Functions", blocks);
    }

    /** The two levels side by side. */
    private void clobbers() {
        List<List<String>> rows = new ArrayList<>();
        for (AbiFunction function : abi.functions()) {
            List<String> contract = new ArrayList<>(abi.contractClobbers());
            function.contractClobbers().stream()
                    .filter(name -> !contract.contains(name))
                    .forEach(contract::add);
            rows.add(List.of(
                    FunctionText.name(function),
                    list(function.sets().stream().map(set -> set.register()).toList()),
                    list(function.exactClobbers()),
                    contract.isEmpty() ? "nothing in writing" : String.join(", ", contract)));
        }
        Set<String> proof = proofs();
        section(
                "What a call changes",
                List.of(
                        new Table(
                                List.of("function", "gets a value", "destroyed, exactly", "may be lost, by contract"),
                                rows),
                        new Paragraph(
                                "A caller that keeps to the contract works with every party that has it. A handler that loses more"
                                        + " than stands under \"exactly\" is another handler, whether or not a caller notices."),
                        new Proof(List.copyOf(proof))));
    }

    private static String list(Collection<String> names) {
        return names.isEmpty() ? "-" : String.join(", ", names);
    }

    private void notValidated() {
        if (!abi.notValidated().isEmpty()) {
            section(
                    "What is never validated",
                    List.of(
                            new Paragraph(
                                    "The handler does not look at these; a caller that gets one wrong is not told:"),
                            new Items(abi.notValidated()),
                            new Proof(abi.proof("not_validated"))));
        }
    }

    private void vectors() {
        if (abi.slots().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int offset = 0; offset < 0x20; offset += 4) {
            rows.add(List.of(Vectors.offset(offset), Vectors.name(offset), Vectors.behaviour(abi, offset)));
        }
        section(
                "Vectors that must not be entered",
                List.of(
                        new Table(List.of("vector", "what comes in", "what happens"), rows),
                        new Proof(abi.proof("slot"))));
    }

    /** The descriptions that this one names: who stands in its place, who came before and after, and the other architecture. */
    private void neighbours() {
        List<Abi> near = library.stream()
                .filter(other -> abi.seeAlso().contains(other.name()))
                .toList();
        for (Abi other : near) {
            if (other.architecture() == abi.architecture()
                    && abi.party() == Party.STUB
                    && other.party() == Party.HYPERVISOR) {
                compared(
                        "While a hypervisor is in place: " + other.title(),
                        other,
                        false,
                        "A call that is meant for this ABI and meets " + other.name() + ":");
            }
        }
        int own = library.indexOf(abi);
        for (Abi other : near) {
            boolean kin = other.architecture() == abi.architecture() && other.party() == abi.party();
            if (kin && own >= 0) {
                boolean before = library.indexOf(other) < own;
                compared(
                        (before ? "Before: " : "After: ") + other.title(),
                        other,
                        before,
                        before
                                ? "A caller that was written for " + other.name() + ", on this:"
                                : "A caller that was written for this, on " + other.name() + ":");
            }
        }
        for (Abi other : near) {
            if (other.architecture() != abi.architecture()) {
                compared(
                        "On " + FunctionBlocks.name(other.architecture()) + ": " + other.title(),
                        other,
                        false,
                        Correspondence.describe() + " The same call there:");
            }
        }
    }

    private void compared(String title, Abi other, boolean otherCalls, String introduction) {
        Column here = Column.of(abi);
        Column there = Column.of(other);
        List<Hazard> hazards = otherCalls ? Hazards.of(there, here) : Hazards.of(here, there);
        List<Block> blocks = new ArrayList<>(List.of(new Paragraph(introduction)));
        blocks.add(
                hazards.isEmpty()
                        ? new Paragraph("Every call does the same.")
                        : new Items(hazards.stream().map(Hazard::sentence).toList()));
        List<String> words = words(other);
        if (!words.isEmpty()) {
            blocks.add(new Paragraph("In the words of " + other.name() + ":"));
            blocks.add(new Items(words));
        }
        proof(other, blocks);
        section(title, blocks);
    }

    /** The tests of the functions of another party, and which of them have none. */
    private static void proof(Abi other, List<Block> blocks) {
        Set<String> proof = new LinkedHashSet<>();
        other.functions().forEach(function -> proof.addAll(function.proof()));
        List<String> unproved = other.functions().stream()
                .filter(function -> function.proof().isEmpty())
                .map(FunctionText::name)
                .toList();
        if (!unproved.isEmpty()) {
            String what =
                    proof.isEmpty() ? "What " + other.name() + " does" : String.join(" and ", unproved) + " there";
            blocks.add(new Paragraph(what + (proof.isEmpty() || unproved.size() == 1 ? " is" : " are")
                    + " shown by no test; read in "
                    + other.sources().stream()
                            .map(s -> s.file() + " (" + s.version() + ")")
                            .collect(Collectors.joining(", "))
                    + "."));
        }
        if (!proof.isEmpty()) {
            blocks.add(new Proof(List.copyOf(proof)));
        }
    }

    /** What a party in this one's place says of the functions that both have. */
    private List<String> words(Abi other) {
        if (other.party() == abi.party()) {
            return List.of();
        }
        Set<String> own = abi.functions().stream().map(AbiFunction::name).collect(Collectors.toSet());
        return other.functions().stream()
                .filter(function -> !function.name().isEmpty() && own.contains(function.name()))
                .filter(function -> !function.text().isEmpty())
                .map(function -> function.name() + ": " + String.join(" ", function.text()))
                .toList();
    }

    private void keepInStep() {
        if (!abi.keepInStep().isEmpty()) {
            section(
                    "Keep in step",
                    List.of(
                            new Paragraph("If you change this, also change:"),
                            new Items(abi.keepInStep().stream()
                                    .map(keep -> keep.party() + ": " + keep.why() + ".")
                                    .toList()),
                            new Proof(abi.proof("keep_in_step"))));
        }
    }

    private Set<String> proofs() {
        Set<String> proofs = new LinkedHashSet<>();
        abi.functions().forEach(function -> proofs.addAll(function.proof()));
        return proofs;
    }

    /** Each test, and what it shows. */
    private void evidence() {
        Map<String, Set<String>> shows = new LinkedHashMap<>();
        for (AbiFunction function : abi.functions()) {
            function.proof().forEach(test -> shows.computeIfAbsent(test, key -> new LinkedHashSet<>())
                    .add(FunctionText.name(function)));
        }
        abi.evidence().forEach(shown -> shown.proof()
                .forEach(test -> shows.computeIfAbsent(test, key -> new LinkedHashSet<>())
                        .add(field(shown.field()))));
        List<String> items = shows.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
        List<String> open = new ArrayList<>();
        abi.functions().stream()
                .filter(f -> f.proof().isEmpty())
                .map(FunctionText::name)
                .forEach(open::add);
        List<Block> blocks = new ArrayList<>();
        if (!items.isEmpty()) {
            blocks.add(new Items(items));
        }
        if (!open.isEmpty()) {
            blocks.add(new Paragraph("No test shows: " + String.join(", ", open) + "."));
        }
        int seen = abi.functions().stream().mapToInt(AbiFunction::evidence).sum();
        if (seen > 0) {
            blocks.add(new Paragraph("Inferred from " + seen + " calls."));
        }
        section("Evidence", blocks);
    }

    private static String field(String field) {
        return switch (field) {
            case "not_validated" -> "what is never validated";
            case "slot" -> "vectors that must not be entered";
            default -> field;
        };
    }

    private void sources() {
        if (!abi.sources().isEmpty()) {
            section(
                    "Sources",
                    List.of(new Items(abi.sources().stream()
                            .map(source -> source.file()
                                    + (source.version().isEmpty() ? "" : ", " + source.version())
                                    + (source.note().isEmpty() ? "" : " (" + source.note() + ")"))
                            .toList())));
        }
    }

    private void uncertain() {
        if (!abi.uncertain().isEmpty()) {
            section("Not certain", List.of(new Items(abi.uncertain())));
        }
        boolean isCompared = library.contains(abi) || abi.architecture() == Architecture.AARCH64;
        if (!isCompared && abi.seeAlso().isEmpty()) {
            section("History", List.of(new Paragraph("The description names no other, so that nothing is compared.")));
        }
    }
}
