package dev.hyptrace.diff.abi.infer;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import java.util.Optional;

/**
 * What was made of the calls that one party answered.
 *
 * @param abi what they show, as a description; its functions have the names of the known description that it is most like
 * @param calls the calls
 * @param known the known descriptions, the most alike first
 */
public record Inferred(Abi abi, List<Hypercall> calls, List<Likeness> known) {
    public Inferred {
        calls = List.copyOf(calls);
        known = List.copyOf(known);
    }

    /**
     * Describes what calls show.
     *
     * @param name the description's name
     * @param title what was seen
     * @return empty when the calls show too little
     */
    public static Optional<Inferred> of(String name, String title, List<Hypercall> calls, List<Abi> library) {
        List<Likeness> known = Likeness.of(calls, library);
        Optional<Likeness> nearest = known.stream().findFirst();
        return Inference.of(name, title, calls, selector -> nearest.flatMap(like -> like.name(selector)))
                .map(abi -> new Inferred(abi, calls, known));
    }

    /** The known descriptions that are borne out most, nothing contradicts, and every function of which was tried. */
    public List<Likeness> equal() {
        return Likeness.equal(known);
    }
}
