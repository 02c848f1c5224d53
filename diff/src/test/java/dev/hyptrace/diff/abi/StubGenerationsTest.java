package dev.hyptrace.diff.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StubGenerationsTest {
    private static List<String> explaining(Hypercall call) {
        return List.copyOf(StubGenerations.explaining(call));
    }

    @ParameterizedTest
    @CsvSource({
        // r0, r1, HVBAR, r0 after, HVBAR after, generations
        "0xffffffff, 1,          0x40010240, 0x40010240, 0x40010240, G1",
        "0x40010900, 1,          0x40010240, 0x40010900, 0x40010900, G1",
        "0x40010901, 1,          0x40010240, 0x40010901, 0x40010900, G1",
        "0x40010900, 1,          0x40010240, 0x0badca11, 0x40010240, G2-posted G2 G3 G4z G4k",
        "0x0,        0x40010900, 0x40010240, 0x40010240, 0x40010240, G2-posted G2",
        "0x0,        0x40010900, 0x40010240, 0x0,        0x40010900, G3 G4z",
        "0x0,        0x40010901, 0x40010240, 0x0,        0x40010900, G3 G4z",
        "0x0,        0x40010900, 0x40010240, 0x0badca11, 0x40010240, G4k",
        "0x1,        0x40010900, 0x40010240, 0x1,        0x40010900, G2-posted G2",
        "0x2,        0x40010900, 0x40010240, 0x0,        0x40010240, G3",
        "0x2,        0x40010900, 0x40010240, 0x0badca11, 0x40010240, G4z G4k",
        "0x3,        0x40010900, 0x40010240, 0x3,        0x40010240, G2",
        "0x3,        0x40010900, 0x40010240, 0x0badca11, 0x40010240, G2-posted G3 G4z G4k",
        "0x0,        0x40010900, 0x40010240, 0x12345678, 0x40010240, ''",
    })
    void call_isExplainedByTheGenerationsThatDoThat(
            String r0, String r1, String hvbar, String r0After, String hvbarAfter, String generations) {
        Hypercall call = Calls.call(
                1,
                Calls.SITE,
                Long.decode(r0).intValue(),
                Long.decode(r1).intValue(),
                Long.decode(hvbar).intValue(),
                Long.decode(r0After).intValue(),
                Long.decode(hvbarAfter).intValue());
        assertEquals(generations, String.join(" ", explaining(call)));
    }

    @ParameterizedTest
    @CsvSource({"1, G3 G4z G4k", "2, G2-posted G2", "0, ''"})
    void call_thatGoesOnAtR1_isASoftRestart(int r0, String generations) {
        assertEquals(
                generations, String.join(" ", explaining(Calls.payload(1, Calls.SITE, r0, 0x40010900, Calls.STUB))));
    }

    @Test
    void payload_thatIsNotR1_isNoSoftRestart() {
        Hypercall call = Calls.atReturn(Calls.set(Register.PC, 0x40010904))
                .apply(Calls.payload(1, Calls.SITE, 1, 0x40010900, Calls.STUB));
        assertEquals(List.of(), explaining(call));
    }

    @Test
    void call_ofWhichTheEffectWasNotRecorded_isExplainedByNone() {
        Hypercall call = Calls.call(1, Calls.SITE, 0, 0x40010900, Calls.STUB, 0, 0x40010900);
        Hypercall bare = Calls.atReturn(Calls.forget(Register.R0))
                .apply(Calls.atReturn(Calls.forget(Register.HVBAR)).apply(call));
        assertEquals(List.of(), explaining(bare));
        assertEquals(List.of(), explaining(Calls.ended(Outcome.NEVER_RETURNED).apply(call)));
        assertEquals(
                List.of(), explaining(Calls.atCall(Calls.forget(Register.R0)).apply(call)));
    }

    @Test
    void call_fromHyp_isNoneOfAStub() {
        Hypercall call = Calls.call(1, Calls.SITE, 0, 0x40010900, Calls.STUB, 0, 0x40010900);
        assertEquals(List.of(), explaining(Calls.atCall(Calls.mode(Mode.HYP)).apply(call)));
    }

    @Test
    void names_areThoseOfLinux() {
        assertEquals(Optional.of("GET_VECTORS"), StubGenerations.name("G2", 0));
        assertEquals(Optional.of("SET_VECTORS"), StubGenerations.name("G3", 0));
        assertEquals(Optional.empty(), StubGenerations.name("G4k", 0));
        assertEquals(Optional.of("SET_VECTORS"), StubGenerations.name("G1", 0x40010900));
    }

    @Test
    void refusal_isTheErrorThatWasNotPassedIn() {
        assertTrue(StubGenerations.refused(Calls.call(1, Calls.SITE, 2, 0, Calls.STUB, Calls.ERROR, Calls.STUB)));
        assertFalse(StubGenerations.refused(
                Calls.call(1, Calls.SITE, Calls.ERROR, 0, Calls.STUB, Calls.ERROR, Calls.STUB)));
        assertFalse(StubGenerations.refused(Calls.call(1, Calls.SITE, 2, 0, Calls.STUB, 0, Calls.STUB)));
    }
}
