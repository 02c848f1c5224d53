package dev.hyptrace.traces.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hyptrace.traces.InMemoryTrace;
import dev.hyptrace.traces.SampleTrace;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HypercallJsonTest {
    private static String json(Trace trace) throws IOException {
        StringWriter out = new StringWriter();
        HypercallJson.write(trace, out);
        return out.toString();
    }

    private static String sealed() throws IOException {
        try (InputStream in = HypercallJsonTest.class.getResourceAsStream("every-outcome.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The output is a contract: scripts read it. Change {@code every-outcome.json} only together with that. */
    @Test
    void export_isSealed() throws IOException {
        assertEquals(sealed(), json(SampleTrace.everyOutcome()));
    }

    @Test
    void export_isTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(sealed(), json(SampleTrace.everyOutcome()), tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void spAndLr_areThoseOfTheModeInCpsr() throws IOException {
        State vector = State.builder()
                .known(Register.R1, 1)
                .known(Register.SP_HYP, 2)
                .known(Register.SP_SVC, 3)
                .known(Register.LR_USR, 4)
                .known(Register.LR_SVC, 5)
                .known(Register.CPSR, 0x1da)
                .derived(Register.R2, 6, DerivationRule.IMPORTED)
                .known(Register.TTBR0, 7)
                .build();
        JsonObject shown = vector(vector);
        assertEquals(List.of("R1", "SP", "LR", "SP_svc", "LR_svc", "CPSR", "TTBR0"), List.copyOf(shown.keySet()));
        assertEquals("0x00000002", shown.get("SP").getAsString());
        assertEquals("0x00000004", shown.get("LR").getAsString());
        assertEquals("0x0000000000000007", shown.get("TTBR0").getAsString());
        JsonObject banked = vector(vector.toBuilder().remove(Register.CPSR).build());
        assertEquals(List.of("R1", "SP_svc", "SP_hyp", "LR_usr", "LR_svc", "TTBR0"), List.copyOf(banked.keySet()));
    }

    private static JsonObject vector(State vector) throws IOException {
        Event entry = new Event.ExceptionEntry(
                0, ExceptionKind.HYPERVISOR_CALL, Optional.empty(), Optional.of(Mode.HYP), vector);
        String text = json(new InMemoryTrace("test", TraceHeader.of("test"), List.of(entry)));
        JsonObject call = JsonParser.parseString(text)
                .getAsJsonObject()
                .getAsJsonArray("hypercalls")
                .get(0)
                .getAsJsonObject();
        assertTrue(call.get("immediate").isJsonNull());
        assertTrue(call.get("return").isJsonNull());
        assertEquals(0, call.getAsJsonObject("call").size());
        return call.getAsJsonObject("vector");
    }

    @Test
    void noHypercalls_areAnEmptyList() throws IOException {
        String text = json(new InMemoryTrace("test", TraceHeader.of("a \"quoted\" <source>"), List.of()));
        assertEquals("{\n  \"source\": \"a \\\"quoted\\\" <source>\",\n  \"hypercalls\": []\n}\n", text);
        assertFalse(text.contains("\r"));
    }
}
