package dev.hyptrace.diff.report;

import dev.hyptrace.diff.result.HypercallRow;
import dev.hyptrace.diff.result.HypercallRow.Call;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What became of the calls that do not return because their handler enters other code, in Hyp mode: a kernel that a
 * decompressor goes back to Hyp mode to enter, which then drops to Supervisor mode by itself.
 */
final class PayloadText {
    /** A guest that restarts itself over and over says the same each time. */
    private static final int MAX_SENTENCES = 4;

    private PayloadText() {}

    static void write(List<HypercallRow> rows, Lines lines) throws IOException {
        List<String> sentences = rows.stream()
                .flatMap(PayloadText::sentences)
                .limit(MAX_SENTENCES)
                .toList();
        for (String sentence : sentences) {
            lines.paragraph(0, sentence);
        }
    }

    private static Stream<String> sentences(HypercallRow row) {
        Optional<Call> left = row.left().filter(PayloadText::isPayload);
        Optional<Call> right = row.right().filter(PayloadText::isPayload);
        if (left.isPresent() && right.isPresent() && areAlike(left.get(), right.get())) {
            Optional<Departure> departure =
                    left.get().departure().or(() -> right.get().departure());
            return Stream.of(sentence("", left.get(), departure));
        }
        return Stream.concat(
                left.map(call -> sentence("On the left, ", call, call.departure())).stream(),
                right.map(call -> sentence("On the right, ", call, call.departure())).stream());
    }

    private static boolean isPayload(Call call) {
        return call.outcome() == Outcome.ENTERED_PAYLOAD;
    }

    private static boolean areAlike(Call left, Call right) {
        return left.payload().equals(right.payload())
                && (left.departure().isEmpty()
                        || right.departure().isEmpty()
                        || left.departure().equals(right.departure()));
    }

    private static String sentence(String side, Call call, Optional<Departure> departure) {
        return (side.isEmpty() ? "Hypercall " : side + "hypercall ") + call.number()
                + " never returns: its handler enters other code" + at(call.payload()) + " in HYP"
                + departure.map(PayloadText::drop).orElse("") + ".";
    }

    private static String drop(Departure departure) {
        return ", which later drops to " + departure.mode().map(Enum::name).orElse("another mode") + " by itself"
                + at(departure.address());
    }

    private static String at(OptionalInt address) {
        return address.isPresent() ? " at " + Hex.word(address.getAsInt()) : "";
    }
}
