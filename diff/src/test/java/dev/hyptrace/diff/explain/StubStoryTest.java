package dev.hyptrace.diff.explain;

import static dev.hyptrace.diff.Calls.SITE;
import static dev.hyptrace.diff.Calls.STUB;
import static dev.hyptrace.diff.Diffs.diff;
import static dev.hyptrace.diff.Diffs.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.result.CauseClass;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the first lines say when a caller and a stub are of different generations. */
final class StubStoryTest {
    private static final int BASE = Calls.NEW_VECTORS;
    private static final int CANARY = 0x4001c030;

    private static Hypercall returns(int number, int r0, int r1, int r0After, int hvbarAfter) {
        return Calls.call(number, SITE, r0, r1, STUB, r0After, hvbarAfter);
    }

    @Test
    void g1Caller_onAStubThatRefuses() {
        DiffResult result = diff(
                List.of(returns(1, -1, CANARY, STUB, STUB), returns(2, BASE, CANARY, BASE, BASE)),
                List.of(returns(1, -1, CANARY, Calls.ERROR, STUB), returns(2, BASE, CANARY, Calls.ERROR, STUB)));
        assertEquals(
                List.of(
                        "A G1 caller meets a stub of G2 or later on the right, and one of G1 on the left.",
                        "Hypercall 1, r0 = 0xffffffff: to the left stub this is GET_VECTORS, and it returns r0 = 0x40010240;"
                                + " to the right stub this is no function it knows, and it answers HVC_STUB_ERR"
                                + " (0x0badca11)."),
                result.story());
        assertEquals(List.of("hypercall 1 return register R0 0x40010240 0x0badca11"), findings(result));
        assertEquals(
                CauseClass.CONFIGURATION,
                result.findings().list().get(0).verdict().cause().orElseThrow().kind());
    }

    @Test
    void g2Caller_whoseGetIsASetToTheStub() {
        DiffResult result =
                diff(List.of(returns(1, 0, CANARY, STUB, STUB)), List.of(returns(1, 0, CANARY, 0, 0x4001c020)));
        assertEquals(
                List.of(
                        "A G2-posted or G2 caller meets a stub of G3 or G4z on the right, and one of G2-posted or G2 on the"
                                + " left.",
                        "Hypercall 1, r0 = 0x00000000: to the left stub this is GET_VECTORS, and it returns r0 = 0x40010240;"
                                + " to the right stub this is SET_VECTORS, and it returns r0 = 0x00000000 and sets HVBAR to"
                                + " 0x4001c020."),
                result.story());
    }

    @Test
    void g2Caller_whoseSetIsASoftRestartToTheStub() {
        DiffResult result = diff(List.of(returns(1, 1, BASE, 1, BASE)), List.of(Calls.payload(1, SITE, 1, BASE, STUB)));
        assertEquals(
                "Hypercall 1, r0 = 0x00000001: to the left stub this is SET_VECTORS, and it returns r0 = 0x00000001 and sets"
                        + " HVBAR to 0x40010900; to the right stub this is SOFT_RESTART, and it goes on in HYP at r1 ="
                        + " 0x40010900 without returning.",
                result.story().get(1));
    }

    @Test
    void g3Caller_onTheKernelsStubSince57() {
        DiffResult result =
                diff(List.of(returns(1, 0, BASE, 0, BASE)), List.of(returns(1, 0, BASE, Calls.ERROR, STUB)));
        assertEquals(
                "A G3 or G4z caller meets a stub of G4k on the right, and one of G3 or G4z on the left.",
                result.story().get(0));
    }

    @Test
    void stubs_exchanged_areNamedOnTheirSides() {
        DiffResult result =
                diff(List.of(returns(1, 0, BASE, Calls.ERROR, STUB)), List.of(returns(1, 0, BASE, 0, BASE)));
        assertEquals(
                "A G3 or G4z caller meets a stub of G4k on the left, and one of G3 or G4z on the right.",
                result.story().get(0));
    }

    @Test
    void otherCallerOnTheRight_isKnownByWhatItAsksFor() {
        DiffResult result = diff(
                List.of(Calls.call(1, SITE + 0x40, 2, CANARY, STUB, 0, STUB)),
                List.of(Calls.call(1, SITE, -1, CANARY, STUB, Calls.ERROR, STUB)));
        assertEquals(
                List.of(
                        "A G1 caller meets a stub of G2 or later on the right: hypercall 1 asks for r0 = 0xffffffff and gets"
                                + " HVC_STUB_ERR (0x0badca11)."),
                result.story());
    }

    @Test
    void differenceThatNoGenerationMakes_hasNoStory() {
        assertEquals(
                List.of(),
                diff(List.of(returns(1, 2, CANARY, 0, STUB)), List.of(returns(1, 2, CANARY, 7, STUB)))
                        .story());
    }

    @Test
    void noDivergence_hasNoStory() {
        List<Hypercall> calls = List.of(returns(1, -1, CANARY, Calls.ERROR, STUB));
        assertEquals(List.of(), diff(calls, calls).story());
    }
}
