package dev.hyptrace.diff.time;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The interrupts that Hyp mode took in a recording, by the hypercall that was the last to begin before. */
public final class Interrupts {
    private static final int MOST_CALLS = 100_000;

    /** CNTx_CTL: enabled, not masked, its condition met. */
    private static final int DUE = 0b101;

    private static final Map<Register, String> TIMERS = Map.of(
            Register.CNTV_CTL, "virtual timer",
            Register.CNTHP_CTL, "Hyp physical timer",
            Register.CNTP_CTL, "physical timer");

    private final Map<Integer, Taken> byCall = new HashMap<>();

    /**
     * What was taken between the beginnings of two hypercalls.
     *
     * @param count how many
     * @param first the first of them, in words
     * @param address where the first was taken: the address that it returns to
     */
    public record Taken(int count, String first, OptionalLong address) {
        static final Taken NOTHING = new Taken(0, "", OptionalLong.empty());
    }

    private Interrupts() {}

    /** Reads a recording. */
    public static Interrupts of(Trace trace) throws IOException {
        Interrupts interrupts = new Interrupts();
        HypercallAssembler assembler = new HypercallAssembler(call -> {});
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                assembler.accept(event);
                if (event instanceof Event.ExceptionEntry entry && isInterrupt(entry)) {
                    interrupts.add(assembler.begun(), entry);
                }
            }
        }
        return interrupts;
    }

    private static boolean isInterrupt(Event.ExceptionEntry entry) {
        return (entry.kind() == ExceptionKind.IRQ || entry.kind() == ExceptionKind.FIQ)
                && entry.to().filter(mode -> mode == Mode.HYP).isPresent();
    }

    private void add(int call, Event.ExceptionEntry entry) {
        if (byCall.size() >= MOST_CALLS && !byCall.containsKey(call)) {
            return;
        }
        Taken before = byCall.getOrDefault(call, Taken.NOTHING);
        byCall.put(
                call,
                before.count() == 0
                        ? new Taken(1, words(entry), entry.atVector().bits(Register.ELR_HYP))
                        : new Taken(before.count() + 1, before.first(), before.address()));
    }

    private static String words(Event.ExceptionEntry entry) {
        State state = entry.atVector();
        List<String> due = new ArrayList<>();
        for (Register control : List.of(Register.CNTV_CTL, Register.CNTHP_CTL, Register.CNTP_CTL)) {
            if (state.has(control) && (state.require(control) & 0b111) == DUE) {
                due.add(TIMERS.get(control));
            }
        }
        OptionalLong address = state.bits(Register.ELR_HYP);
        Optional<Mode> mode = entry.from();
        return entry.kind().name()
                + (due.isEmpty() ? "" : " (" + String.join(", ", due) + ")")
                + (address.isPresent() ? " at " + Hex.word((int) address.getAsLong()) : "")
                + mode.map(m -> " in " + m.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    /** Those since this hypercall began, until the next one did; 0 for those before the first hypercall. */
    public Taken since(int call) {
        return byCall.getOrDefault(call, Taken.NOTHING);
    }
}
