package dev.hyptrace.diff.abi.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.report.InferenceText;
import dev.hyptrace.diff.abi.report.ProbeText;
import dev.hyptrace.diff.abi.text.AbiFormatException;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiReader;
import dev.hyptrace.diff.abi.text.AbiWriter;
import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.probe.ProbeReport;
import dev.hyptrace.replayer.probe.Prober;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What probing the guests' stubs shows, and what it is recognised as, without a hint. */
class InferenceTest {
    private static final Path GUESTS = Path.of("../traces/guests/bin");

    private static final Map<String, List<ProbeReport>> PROBED = new HashMap<>();

    private static ProbeReport probe(String guest, int occupant) throws IOException, BootImageException {
        if (!PROBED.containsKey(guest)) {
            PROBED.put(guest, probe(guest));
        }
        return PROBED.get(guest).get(occupant - 1);
    }

    private static List<ProbeReport> probe(String guest) throws IOException, BootImageException {
        Machine machine = new Machine(Machine.Options.DEFAULT, character -> {});
        machine.boot(BootImage.parse(guest, Files.readAllBytes(GUESTS.resolve(guest + ".elf"))));
        return new Prober(machine, Prober.Limits.NONE).run().reports();
    }

    private static String text(Inferred inferred) throws IOException {
        StringBuilder out = new StringBuilder();
        new InferenceText(out).write(inferred);
        return out.toString().lines().findFirst().orElseThrow().strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            g1-on-g1                       | 1 | linux-stub-g1a and linux-stub-g1
            g1-on-freebsd                  | 1 | freebsd-stub
            g1-on-g1-be8                   | 1 | linux-stub-g1a and linux-stub-g1
            jailhouse-on-g3                | 1 | linux-stub-g3
            jailhouse-on-g3                | 2 | jailhouse-bootstrap
            jailhouse-old-on-g1            | 2 | jailhouse-bootstrap
            kvm-3.14-on-g1                 | 3 | linux-kvm-3.14
            kvm-4.12-on-g3                 | 3 | linux-kvm-4.12
            g2-posted-on-g2-posted         | 1 | linux-stub-g2-posted
            g2-on-g2                       | 1 | linux-stub-g2
            g3-on-g3                       | 1 | linux-stub-g3
            g3-on-g3                       | 2 | linux-stub-g3
            g3-on-g3-thumb                 | 1 | linux-stub-g3
            g4k-on-g4k                     | 1 | linux-stub-g4k
            g4z-zimage-on-g4z              | 1 | linux-stub-g4z
            g4z-zimage-on-g4z              | 3 | linux-zimage-reentry-4.14
            g3-zimage-4-12-on-g3           | 3 | linux-zimage-reentry-3.7
            """)
    void stub_isRecognised(String guest, int occupant, String names) throws IOException, BootImageException {
        ProbeReport report = probe(guest, occupant);
        Inferred inferred = ProbeText.infer(report, AbiLibrary.all()).orElseThrow();
        assertEquals("Equals " + names + " in all 289 calls.", text(inferred));
    }

    /** Calls with another immediate are not for Jailhouse, which stops at them. */
    @Test
    void jailhouse_isRecognisedByItsImmediate() throws IOException, BootImageException {
        Inferred inferred =
                ProbeText.infer(probe("jailhouse-on-g3", 3), AbiLibrary.all()).orElseThrow();
        assertEquals("Equals jailhouse in all 19 calls that can be its own.", text(inferred));
        assertEquals(List.of(0x4a48), inferred.abi().entry().immediates());
        assertTrue(
                inferred.abi().uncertain().contains("263 calls with another immediate than 0x4a48 did not come back"));
    }

    /** KVM's initialisation with arguments that are none: nothing comes back, and that is what no description says. */
    @Test
    void callsThatNeverComeBack_equalNothing() throws IOException, BootImageException {
        Inferred inferred =
                ProbeText.infer(probe("kvm-3.14-on-g1", 2), AbiLibrary.all()).orElseThrow();
        assertTrue(text(inferred).startsWith("Equals no known description."), () -> inferred.abi()
                .toString());
    }

    /** A stub of G3 with one effect changed: that effect, and no other, is named. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            g3-on-g3-clobbers-r1 | HVC_RESET_VECTORS (r0 = 2), r1: linux-stub-g3 has "r0 := 0", here it is "r0 := 0; r1 := HVBAR" (24 calls)
            g3-on-g3-forgets-r0  | HVC_RESET_VECTORS (r0 = 2), r0: linux-stub-g3 has "r0 := 0", here it is "does nothing" (24 calls)
            """)
    void changedStub_isDescribedByTheChange(String guest, String difference) throws IOException, BootImageException {
        ProbeReport report = probe(guest, 1);
        Inferred inferred = ProbeText.infer(report, AbiLibrary.all()).orElseThrow();
        Likeness nearest = inferred.known().get(0);
        assertEquals("linux-stub-g3", nearest.known().name());
        assertEquals(List.of(difference), nearest.differences(inferred.abi()));
    }

    @Test
    void description_holdsEvidenceAndIsReadBack() throws IOException, BootImageException {
        ProbeReport report = probe("g3-on-g3", 1);
        Abi inferred = ProbeText.infer(report, AbiLibrary.all()).orElseThrow().abi();
        assertEquals(
                List.of("0 HVC_SET_VECTORS 24", "1 HVC_SOFT_RESTART 24", "2 HVC_RESET_VECTORS 24", "other  210"),
                inferred.functions().stream()
                        .map(f -> FunctionText.selectors(f) + " " + f.name() + " " + f.evidence())
                        .toList());
        assertEquals(inferred, read(AbiWriter.write(inferred)));
    }

    @Test
    void inferredDescription_explainsWhatItWasInferredFrom() throws IOException, BootImageException {
        for (String guest : List.of("g1-on-g1", "g2-on-g2", "g3-on-g3-clobbers-r1", "g4k-on-g4k")) {
            ProbeReport report = probe(guest, 1);
            Inferred inferred = ProbeText.infer(report, AbiLibrary.all()).orElseThrow();
            Likeness self =
                    Likeness.of(inferred.calls(), List.of(inferred.abi())).get(0);
            assertEquals(List.of(), self.differences(inferred.abi()), guest);
            assertEquals(289, self.explained(), guest);
        }
    }

    private static Abi read(String text) throws AbiFormatException {
        return AbiReader.parse("written", text);
    }
}
