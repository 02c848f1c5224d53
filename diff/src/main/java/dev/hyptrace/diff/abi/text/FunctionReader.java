package dev.hyptrace.diff.abi.text;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.AbiFunction.Argument;
import dev.hyptrace.diff.abi.description.AbiFunction.Assignment;
import dev.hyptrace.diff.abi.description.AbiFunction.Ending;
import dev.hyptrace.diff.abi.description.AbiFunction.Selectors;
import dev.hyptrace.diff.abi.description.Expression;
import dev.hyptrace.diff.abi.description.FunctionText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads functions. */
final class FunctionReader {
    private FunctionReader() {}

    static AbiFunction function(Part part, Abi.Architecture architecture, String selector) throws AbiFormatException {
        AbiText.Function message = (AbiText.Function) part.message();
        part.require(
                "selector", message.getSelectorCount() == 0 || !selector.isEmpty(), "entry names no selector register");
        Ending ending = part.constant("ending", message.getEnding(), Ending.class);
        List<Assignment> sets = part.each("set", child -> assignment(child, architecture));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sets.size(); i++) {
            part.require("set", i, seen.add(sets.get(i).register()), sets.get(i).register() + " is set twice");
        }
        return new AbiFunction(
                message.getName(),
                message.getTextList(),
                part.each("selector", FunctionReader::selectors),
                part.each("argument", child -> argument(child, architecture)),
                sets,
                ending,
                target(part, ending, message.getTarget(), architecture),
                part.registers("exact_clobbers", message.getExactClobbersList(), architecture),
                part.registers("contract_clobbers", message.getContractClobbersList(), architecture),
                message.getError(),
                message.hasFromHyp()
                        ? Optional.of(fromHyp(part.child("from_hyp", 0, message.getFromHyp()), architecture))
                        : Optional.empty(),
                message.getProofList(),
                message.getEvidence());
    }

    private static Optional<Expression> target(Part part, Ending ending, String text, Abi.Architecture architecture)
            throws AbiFormatException {
        part.require("ending", ending != Ending.JUMPS || !text.isEmpty(), "JUMPS needs a target");
        part.require("target", ending == Ending.JUMPS || text.isEmpty(), "a target needs ending: JUMPS");
        return text.isEmpty() ? Optional.empty() : Optional.of(part.expression("target", text, architecture));
    }

    private static Selectors selectors(Part part) throws AbiFormatException {
        AbiText.Range message = (AbiText.Range) part.message();
        long from = message.getFrom();
        long to = message.getTo() == 0 ? from : message.getTo();
        part.require("from", from >= 0 && from <= Expression.MASK, "expected 32 bits");
        part.require("to", to >= from && to <= Expression.MASK, "expected 32 bits and no less than from");
        return new Selectors(from, to);
    }

    private static Argument argument(Part part, Abi.Architecture architecture) throws AbiFormatException {
        AbiText.Argument message = (AbiText.Argument) part.message();
        int alignment = message.getAlignment();
        part.require("alignment", alignment >= 0 && Integer.bitCount(alignment) <= 1, "expected a power of 2");
        return new Argument(
                part.register("register", 0, message.getRegister(), architecture),
                message.getName(),
                message.getText(),
                part.constant("kind", message.getKind(), AbiFunction.Kind.class),
                alignment);
    }

    private static Assignment assignment(Part part, Abi.Architecture architecture) throws AbiFormatException {
        AbiText.Assignment message = (AbiText.Assignment) part.message();
        return new Assignment(
                part.register("register", 0, message.getRegister(), architecture),
                part.expression("value", message.getValue(), architecture),
                message.getText(),
                message.getNotHeld());
    }

    private static AbiFunction.FromHyp fromHyp(Part part, Abi.Architecture architecture) throws AbiFormatException {
        AbiText.FromHyp message = (AbiText.FromHyp) part.message();
        Ending ending = part.constant("ending", message.getEnding(), Ending.class);
        return new AbiFunction.FromHyp(
                ending,
                target(part, ending, message.getTarget(), architecture),
                part.each("set", child -> assignment(child, architecture)),
                message.getText());
    }

    /** No value of the selector may ask for two functions, and one function at most may be for all others. */
    static void checkSelectors(Part part, List<AbiFunction> functions) throws AbiFormatException {
        boolean others = false;
        for (int i = 0; i < functions.size(); i++) {
            AbiFunction function = functions.get(i);
            part.require("function", i, !(others && function.isForOthers()), "a second function without a selector");
            others |= function.isForOthers();
            for (Selectors range : function.selectors()) {
                for (AbiFunction earlier : functions.subList(0, i)) {
                    boolean free = earlier.selectors().stream()
                            .noneMatch(other -> other.from() <= range.to() && range.from() <= other.to());
                    part.require(
                            "function",
                            i,
                            free,
                            "a selector that an earlier function has already, " + FunctionText.selectors(earlier));
                }
            }
        }
    }
}
