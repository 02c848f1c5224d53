package dev.hyptrace.diff.abi.check;

import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The calls that one party answered: those that came in by the same vectors, a hypervisor's guests apart from its host.
 *
 * @param base the vectors, HVBAR; empty for a call of which they are not known, which stands for itself
 * @param guests whether guests made them: VTTBR.VMID was not 0
 * @param calls the calls, in their order
 */
public record AnsweredTogether(OptionalLong base, boolean guests, List<Hypercall> calls) {
    private static final long VECTORS = 0x1f;

    public AnsweredTogether {
        calls = List.copyOf(calls);
    }

    /** Tells the parties of a trace apart; they are in the order of their first calls. */
    public static List<AnsweredTogether> of(List<Hypercall> calls) {
        Map<Door, List<Hypercall>> parties = new LinkedHashMap<>();
        for (Hypercall call : calls) {
            Door door = new Door(base(call).orElse(-call.number()), new Moment(call).isFromGuest());
            parties.computeIfAbsent(door, key -> new ArrayList<>()).add(call);
        }
        return parties.entrySet().stream()
                .map(party ->
                        new AnsweredTogether(base(party.getValue().get(0)), party.getKey().guests, party.getValue()))
                .toList();
    }

    /** What calls that one party answers have in common. */
    private record Door(long base, boolean guests) {}

    /** The vectors that a call came in by. */
    private static OptionalLong base(Hypercall call) {
        OptionalLong vector = call.vector().bits(Register.PC);
        if (vector.isPresent()) {
            return OptionalLong.of(vector.getAsLong() & ~VECTORS);
        }
        OptionalLong base = call.vector().bits(Register.HVBAR);
        return base.isPresent() ? base : call.call().bits(Register.HVBAR);
    }
}
