package dev.hyptrace.diff;

import static dev.hyptrace.diff.Diffs.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.diff.result.Divergence;
import dev.hyptrace.diff.result.Status;
import dev.hyptrace.diff.result.Writer;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recordings of {@code traces/samples} compared: guests with one planted fault against the one without, and callers on
 * stubs of another generation against the matching pair. What each guest does is in {@code traces/guests/README.md}.
 */
final class SampleRecordingsTest {
    private static final Path GUESTS = Path.of("../traces/samples/guests");
    private static final Path DEBIAN = Path.of("../traces/samples/debian-6.1.0-50-armmp.htr");

    private static DiffResult diff(Path left, Path right) throws IOException {
        try (Trace lefts = Traces.open(left);
                Trace rights = Traces.open(right)) {
            return TraceDiff.compare(lefts, rights, DiffOptions.standard());
        }
    }

    private static DiffResult guests(String left, String right) throws IOException {
        return diff(GUESTS.resolve(left + ".htr"), GUESTS.resolve(right + ".htr"));
    }

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(GUESTS)) {
            return files.filter(file -> file.toString().endsWith(".htr")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recording_againstItself_isTheSame(Path recording) throws IOException {
        DiffResult result = diff(recording, recording);
        assertEquals(Status.SAME, result.status());
        assertEquals(List.of(), result.findings().list());
        assertTrue(result.hypercalls().aligned() > 0);
        assertEquals(result.hypercalls().left(), result.hypercalls().aligned());
    }

    @Test
    void debianKernel_againstItself_isTheSameInItsThreeCalls() throws IOException {
        DiffResult result = diff(DEBIAN, DEBIAN);
        assertEquals(Status.SAME, result.status());
        assertEquals(3, result.hypercalls().aligned());
    }

    @ParameterizedTest
    @CsvSource({
        "forgets-r0,   hypercall 1 return register R0 0x00000000 0x00000002",
        "returns-sys,  hypercall 1 return mode CPSR.M 0x00000013 0x0000001f",
        "unmasks-irq,  hypercall 1 return mode CPSR.I 0x00000001 0x00000000",
        "clobbers-r1,  hypercall 1 return register R1 0x4001c030 0x40010240",
        "wrong-base,   hypercall 3 return vector HVBAR 0x40010900 0x40010920",
        "keeps-base,   hypercall 3 return vector HVBAR 0x40010900 0x40010240",
        "missing-call, hypercall 4 call presence hypercall 0x4001082c none",
        "extra-call,   hypercall 5 call presence hypercall none 0x4001082c",
    })
    void guestWithAPlantedFault_showsThatAndNothingElse(String fault, String expected) throws IOException {
        DiffResult result = guests("g3-on-g3", "g3-on-g3-" + fault);
        assertEquals(List.of(expected), findings(result));
        assertEquals(Status.DIFFERENT, result.status());
        assertEquals(0, result.findings().warnings());
    }

    @ParameterizedTest
    @CsvSource({
        // left, right, first finding, caller and stub
        "g1-on-g1, g1-on-g3, hypercall 1 return register R0 0x40010240 0x0badca11, G1, G2 or later",
        "g2-on-g2, g2-on-g3, hypercall 2 return register R0 0x00000003 0x0badca11, G2, 'G3, G4z or G4k'",
        "g2-get-on-g2, g2-get-on-g3, hypercall 1 return register R0 0x40010240 0x00000000, G2, G3 or G4z",
        "g2-on-g2, g2-on-g2-posted, hypercall 2 return register R0 0x00000003 0x0badca11, G2, G2-posted",
        "g3-on-g3, g3-on-g2, hypercall 1 return mode outcome returned entered another payload in HYP, G3, G2-posted or G2",
        "g3-on-g3, g3-on-g4k, hypercall 1 return register R0 0x00000000 0x0badca11, G3, G4k",
        "g3-on-g3, g3-on-g4z, hypercall 1 return register R0 0x00000000 0x0badca11, G3, G4z",
    })
    void callerOnAStubOfAnotherGeneration_isOneFindingAndAStory(
            String left, String right, String expected, String caller, String stub) throws IOException {
        DiffResult result = guests(left, right);
        assertEquals(List.of(expected), findings(result));
        assertEquals(
                "A " + caller + " caller meets a stub of " + stub + " on the right, and one of " + caller
                        + " on the left.",
                result.story().get(0));
    }

    @Test
    void zImageOfG1OnG3_leadsWithTheRefusal() throws IOException {
        DiffResult result = guests("g1-zimage-on-g1", "g1-zimage-on-g3");
        assertEquals(
                "A G1 caller meets a stub of G2 or later on the right, and one of G1 on the left.",
                result.story().get(0));
        Divergence lead = result.findings().list().get(result.findings().lead() - 1);
        assertEquals("R0", lead.field());
        assertEquals(1, lead.place().hypercall().orElseThrow());
    }

    @Test
    void zImageOf412_entersTheKernelWithTheWrongMachineId() throws IOException {
        List<String> found = findings(guests("g3-zimage-on-g3", "g3-zimage-4-12-on-g3"));
        assertTrue(found.contains("hypercall 3 return register R1 0xffffffff 0x40010980"), found.toString());
    }

    @Test
    void clobberedRegister_isTracedToTheInstruction() throws IOException {
        List<Writer> writers = guests("g3-on-g3", "g3-on-g3-clobbers-r1")
                .findings()
                .list()
                .get(0)
                .verdict()
                .explanation()
                .writers();
        assertEquals(1, writers.size(), "the left side keeps R1");
        // mrc p15, 4, r1, c12, c0, 0: the handler reads HVBAR into r1.
        assertEquals(0xee9c1f10, writers.get(0).instruction().orElseThrow().encoding());
    }

    @Test
    void wrongBase_isTracedToTheInstructionsThatWroteIt() throws IOException {
        List<Writer> writers = guests("g3-on-g3", "g3-on-g3-wrong-base")
                .findings()
                .list()
                .get(0)
                .verdict()
                .explanation()
                .writers();
        assertEquals(
                List.of(0xee8c1f10, 0xee8c0f10),
                writers.stream()
                        .map(w -> w.instruction().orElseThrow().encoding())
                        .toList());
    }

    @Test
    void bigEndianGuest_differsInEndiannessOnly() throws IOException {
        DiffResult result = guests("g3-on-g3", "g3-on-g3-be8");
        assertEquals(List.of("hypercall 1 call mode CPSR.E 0x00000000 0x00000001"), findings(result));
        assertFalse(result.findings().folded() == 0);
    }
}
