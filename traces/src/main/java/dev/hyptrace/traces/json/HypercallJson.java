package dev.hyptrace.traces.json;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.Hypercalls;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Departure;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** Writes the hypercalls of a trace as JSON, one after the other. */
public final class HypercallJson {
    private final JsonWriter json;

    private HypercallJson(Writer out) {
        json = new JsonWriter(out);
        json.setFormattingStyle(FormattingStyle.PRETTY);
        json.setHtmlSafe(false);
        json.setSerializeNulls(true);
    }

    /**
     * Writes one JSON object and a line end.
     *
     * @param out is flushed and not closed
     */
    public static void write(Trace trace, Writer out) throws IOException {
        HypercallJson writer = new HypercallJson(out);
        writer.trace(trace);
        writer.json.flush();
        out.write('\n');
        out.flush();
    }

    private void trace(Trace trace) throws IOException {
        json.beginObject();
        json.name("source").value(trace.header().source());
        json.name("hypercalls").beginArray();
        try (Hypercalls.Reader calls = Hypercalls.reader(trace)) {
            for (Hypercall call = calls.next(); call != null; call = calls.next()) {
                hypercall(call);
            }
        }
        json.endArray();
        json.endObject();
    }

    private void hypercall(Hypercall call) throws IOException {
        json.beginObject();
        json.name("hypercall").value(call.number());
        json.name("outcome").value(call.outcome().text());
        json.name("immediate");
        if (call.immediate().isPresent()) {
            json.value(call.immediate().getAsInt());
        } else {
            json.nullValue();
        }
        departure(call);
        json.name("call");
        state(call.call());
        json.name("vector");
        state(call.vector());
        json.name("return");
        if (call.outcome() == Outcome.NEVER_RETURNED) {
            json.nullValue();
        } else {
            state(call.after());
        }
        json.endObject();
    }

    /** Where code that the call entered in Hyp mode left it: only for those that did. */
    private void departure(Hypercall call) throws IOException {
        if (call.departure().isEmpty()) {
            return;
        }
        Departure departure = call.departure().get();
        json.name("departure").beginObject();
        json.name("PC")
                .value(
                        departure.address().isPresent()
                                ? Hex.word(departure.address().getAsInt())
                                : null);
        json.name("mode").value(departure.mode().map(Mode::suffix).orElse(null));
        json.endObject();
    }

    private void state(State state) throws IOException {
        Optional<Mode> mode = state.isKnown(Register.CPSR) ? state.mode() : Optional.empty();
        json.beginObject();
        for (int n = 0; n <= 12; n++) {
            register(state, Register.r(n), Register.r(n).manualName());
        }
        if (mode.isPresent()) {
            register(state, mode.get().stackPointer(), "SP");
            register(state, mode.get().linkRegister(), "LR");
        }
        for (Register register : state.registers()) {
            if (register.ordinal() > Register.R12.ordinal() && !isCurrent(register, mode)) {
                register(state, register, register.manualName());
            }
        }
        json.endObject();
    }

    private static boolean isCurrent(Register register, Optional<Mode> mode) {
        return mode.isPresent()
                && (register == mode.get().stackPointer()
                        || register == mode.get().linkRegister());
    }

    private void register(State state, Register register, String name) throws IOException {
        if (state.isKnown(register)) {
            json.name(name).value(register.format(state.require(register)));
        }
    }
}
