package dev.hyptrace.cli.view;

import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** The hypercalls of a recording, one line each. */
public final class HypercallList {
    private HypercallList() {}

    /** Writes a heading and a line for each hypercall, as they are read. */
    public static void write(Trace trace, Writer out) throws IOException {
        boolean empty = true;
        try (Hypercalls.Reader calls = Hypercalls.reader(trace)) {
            for (Hypercall call = calls.next(); call != null; call = calls.next()) {
                if (empty) {
                    line(out, "#", "cpu", "site", "step", "imm", "from", "R0", "R1", "HVBAR", "outcome");
                    empty = false;
                }
                write(call, out);
            }
        }
        if (empty) {
            out.write("no hypercall is recorded\n");
        }
    }

    private static void write(Hypercall call, Writer out) throws IOException {
        State state = call.call();
        line(
                out,
                Integer.toString(call.number()),
                Integer.toString(call.cpu()),
                Cells.address(call.site()),
                call.callStep().isPresent() ? Long.toString(call.callStep().getAsLong()) : Cells.UNKNOWN,
                Cells.number(call.immediate()),
                state.mode().map(Mode::suffix).orElse(Cells.UNKNOWN),
                Cells.of(state, Register.R0),
                Cells.of(state, Register.R1),
                Cells.of(state.has(Register.HVBAR) ? state : call.vector(), Register.HVBAR),
                outcome(call));
    }

    static String outcome(Hypercall call) {
        String payload = call.payload().isPresent() ? " at " + Cells.address(call.payload()) : "";
        return call.outcome().text()
                + payload
                + call.departure().map(HypercallList::departure).orElse("");
    }

    private static String departure(Departure departure) {
        String mode = departure.mode().map(to -> " for " + to.suffix()).orElse("");
        return ", which left HYP" + mode
                + (departure.address().isPresent() ? " at " + Cells.address(departure.address()) : "");
    }

    private static void line(Writer out, Object... cells) throws IOException {
        out.write(String.format(Locale.ROOT, "%8s  %3s  %-10s  %8s  %5s  %-4s  %-11s  %-11s  %-11s  %s", cells) + "\n");
    }
}
