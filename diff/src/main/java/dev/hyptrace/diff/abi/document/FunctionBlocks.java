package dev.hyptrace.diff.abi.document;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.Abi.Architecture;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Argument;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.Kind;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.document.AbiDocument.Block;
import dev.hyptrace.diff.abi.document.AbiDocument.Call;
import dev.hyptrace.diff.abi.document.AbiDocument.Items;
import dev.hyptrace.diff.abi.document.AbiDocument.Paragraph;
import dev.hyptrace.diff.abi.document.AbiDocument.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is said of one function. */
final class FunctionBlocks {
    private final Abi abi;
    private final AbiFunction function;

    FunctionBlocks(Abi abi, AbiFunction function) {
        this.abi = abi;
        this.function = function;
    }

    List<Block> list() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Call(call()));
        function.text().forEach(text -> blocks.add(new Paragraph(text)));
        List<String> facts = new ArrayList<>();
        function.arguments().stream()
                .map(FunctionBlocks::argument)
                .filter(text -> !text.isEmpty())
                .forEach(facts::add);
        function.sets().forEach(set -> facts.add(assignment(set)));
        facts.add(ending(
                function.ending(), function.target().map(Object::toString).orElse("")));
        facts.add(lost());
        function.fromHyp()
                .ifPresent(hyp -> facts.add("Made in Hyp mode, it comes in at the vector 0x08. "
                        + (hyp.text().isEmpty() ? "" : hyp.text() + " ")
                        + "Exactly: " + FunctionText.effects(hyp.sets(), hyp.ending(), hyp.target(), List.of()) + "."));
        blocks.add(new Items(facts));
        blocks.add(new Proof(function.proof()));
        return blocks;
    }

    /** The registers of the call and what is in them. */
    private List<String> call() {
        List<String> lines = new ArrayList<>();
        String selector = abi.entry().selector().orElse("");
        if (selector.isEmpty()) {
            lines.add(function.name().isEmpty() ? "any call" : function.name());
        } else if (function.isForOthers()) {
            boolean isArgument =
                    function.arguments().stream().anyMatch(a -> a.register().equals(selector));
            lines.add(selector + " = " + (isArgument ? argumentNames(selector) : "any other value")
                    + (function.name().isEmpty() ? "" : " (" + function.name() + ")"));
        } else {
            String number = FunctionText.selectors(function);
            lines.add(selector + " = " + (function.name().isEmpty() ? number : function.name() + " (" + number + ")"));
        }
        function.arguments().stream()
                .filter(argument -> !argument.register().equals(selector))
                .forEach(argument -> lines.add(argument.register() + " = " + argument.name()));
        return lines;
    }

    private String argumentNames(String register) {
        return function.arguments().stream()
                .filter(argument -> argument.register().equals(register))
                .map(Argument::name)
                .findFirst()
                .orElse(register);
    }

    private static String argument(Argument argument) {
        List<String> parts = new ArrayList<>();
        if (!argument.text().isEmpty()) {
            parts.add(argument.text());
        } else if (argument.kind() != Kind.VALUE) {
            parts.add(argument.kind() == Kind.PHYSICAL_ADDRESS ? "A physical address." : "An address of Hyp mode.");
        }
        if (argument.alignment() > 1) {
            parts.add("A multiple of " + argument.alignment() + ".");
        }
        return parts.isEmpty() ? "" : argument.name() + " (" + argument.register() + "): " + String.join(" ", parts);
    }

    private static String assignment(Assignment set) {
        String text = FunctionText.assignment(set);
        if (!set.text().isEmpty()) {
            text += " (" + set.text() + ")";
        }
        if (set.notHeld() != 0) {
            text += String.format(Locale.ROOT, ", without the bits 0x%x, which it does not hold", set.notHeld());
        }
        return text + ".";
    }

    private static String ending(Ending ending, String target) {
        return switch (ending) {
            case RETURNS -> "Returns to the instruction after the call, in the caller's mode, with the caller's CPSR.";
            case JUMPS -> "Does not return: goes on at " + target + " in Hyp mode.";
            case SPINS -> "Does not return: loops for ever in the handler.";
            case UNSETTLED -> "Whether it returns is not settled.";
        };
    }

    /** The two levels: what happens in fact, and what a caller must expect. */
    private String lost() {
        Set<String> touched = function.touched();
        String exact = function.exactClobbers().isEmpty()
                ? "Exactly: nothing is destroyed"
                : "Exactly: destroys " + String.join(", ", function.exactClobbers());
        String kept = function.ending() == Ending.UNSETTLED
                ? "."
                : "; "
                        + (touched.isEmpty()
                                ? "every register is kept"
                                : "every register but " + String.join(", ", touched) + " is kept")
                        + (function.ending() == Ending.JUMPS ? " at the target." : ".");
        List<String> contract = new ArrayList<>(abi.contractClobbers());
        function.contractClobbers().stream()
                .filter(name -> !contract.contains(name))
                .forEach(contract::add);
        String promised = contract.isEmpty()
                ? " By contract: nothing is in writing."
                : " By contract: " + String.join(", ", contract) + " may be lost.";
        return exact + kept + (function.ending() == Ending.JUMPS ? "" : promised);
    }

    static String name(Architecture architecture) {
        return architecture == Architecture.AARCH64 ? "AArch64" : "ARMv7";
    }
}
