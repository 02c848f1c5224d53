package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.infer.Inferred;
import dev.hyptrace.diff.abi.infer.Likeness;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What calls show of an ABI, in sentences: what it is like, and what each function does. */
public final class InferenceText {
    private final Appendable out;

    public InferenceText(Appendable out) {
        this.out = out;
    }

    /** What the calls are like, and what was inferred from them. */
    public void write(Inferred found) throws IOException {
        Abi inferred = found.abi();
        likeness(found);
        int width = inferred.functions().stream()
                .mapToInt(function -> selectors(inferred, function).length())
                .max()
                .orElse(0);
        for (AbiFunction function : inferred.functions()) {
            line(String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %-18s %s  (%d %s)",
                    selectors(inferred, function),
                    function.name().isEmpty() ? "-" : function.name(),
                    FunctionText.effects(function),
                    function.evidence(),
                    function.evidence() == 1 ? "call" : "calls"));
        }
        for (String sentence : inferred.uncertain()) {
            line("  Not certain: " + sentence + ".");
        }
    }

    private static String selectors(Abi abi, AbiFunction function) {
        return abi.entry()
                .selector()
                .map(register -> register + " = " + FunctionText.selectors(function))
                .orElse("any call");
    }

    private void likeness(Inferred found) throws IOException {
        List<Likeness> equal = found.equal();
        if (!equal.isEmpty()) {
            int own = equal.get(0).calls().size();
            String how = own == 1 ? " in the one call" : " in all " + own + " calls";
            line("  Equals " + names(equal) + how + (own < found.calls().size() ? " that can be its own." : "."));
            return;
        }
        if (found.known().isEmpty()) {
            line("  Like no known description.");
            return;
        }
        Likeness nearest = found.known().get(0);
        line("  Equals no known description. Nearest: " + nearest.known().name() + ", which explains "
                + nearest.explained() + " of " + nearest.calls().size() + " calls.");
        for (String difference : nearest.differences(found.abi())) {
            line("  Differs: " + difference + ".");
        }
        if (!nearest.untried().isEmpty()) {
            line("  Not tried: " + String.join(", ", nearest.untried()) + ".");
        }
    }

    private static String names(List<Likeness> likenesses) {
        return likenesses.stream().map(likeness -> likeness.known().name()).collect(Collectors.joining(" and "));
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
