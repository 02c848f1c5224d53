package dev.hyptrace.diff.abi.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.abi.check.Attribution.Candidate;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recordings of guests are taken for, without a hint: who answered, and whether the caller spoke the same ABI. */
class SampleAttributionTest {
    private static final Path SAMPLES = Path.of("../traces/samples");

    /** Parties in their order, by what explains them; G stands for linux-stub-g, and = for what makes the same calls. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            guests/g1-on-g1                 | G1a+G1+freebsd-stub; G1a+G1+freebsd-stub          |
            guests/g1-on-freebsd            | G1a+G1+freebsd-stub; G1a+G1+freebsd-stub          |
            guests/g1-on-g1a                | G1a+G1+freebsd-stub; G1a+G1+freebsd-stub          |
            guests/g1-on-g3                 | G2-posted+G2+G3+G4k+G4z                           | G1a+G1+freebsd-stub
            guests/g2-get-on-g2             | G2; G2                                            |
            guests/g2-get-on-g3             | G3+G4z; not                                       | G2-posted+G2
            guests/g2-on-g2                 | G2; G2                                            |
            guests/g2-on-g2-posted          | G2-posted; G2                                     | G2
            guests/g2-on-g3                 | G3+G4k+G4z                                        | G2
            guests/g3-on-g2                 | G2-posted+G2                                      |
            guests/g3-on-g3                 | G3; G3                                            |
            guests/g3-on-g3-be8             | G3; G3                                            |
            guests/g3-on-g3-thumb           | G3; G3                                            |
            guests/g3-on-g4k                | G4k                                               | G2-posted+G2+G3
            guests/g3-on-g3-clobbers-r1     | not G3; G3                                        |
            guests/g3-on-g3-forgets-r0      | not G3; G3                                        |
            guests/g3-on-g3-keeps-base      | not G3                                            |
            guests/g3-zimage-4-12-on-g3     | G3+G4z; G3+G4z; linux-zimage-reentry-3.7          |
            guests/g4z-zimage-on-g4z        | G3+G4z; G3+G4z; linux-zimage-reentry-4.14+linux-zimage-reentry-5.9 |
            linux-5.4-kvm                   | not; not; not; G3; G3+G4z; linux-kvm-init-3.10+linux-kvm-init-4.8+linux-kvm-init-4.12; linux-kvm-4.12; G3; G3+G4z |
            debian-6.1.0-50-armmp           | G3+G4z; G3+G4z; linux-zimage-reentry-4.14+linux-zimage-reentry-5.9 |
            """)
    void recording_isAttributed(String name, String parties, String caller) throws IOException {
        try (HtrTrace trace = Traces.open(SAMPLES.resolve(name + ".htr"))) {
            List<Attribution> found = Attribution.of(AnsweredCalls.of(trace).calls(), AbiLibrary.all(), Level.EXACT);
            assertEquals(
                    parties, found.stream().map(SampleAttributionTest::party).collect(Collectors.joining("; ")));
            Optional<Mismatch> mismatch = found.stream()
                    .flatMap(party -> Mismatch.of(party, AbiLibrary.all()).stream())
                    .findFirst();
            assertEquals(caller, mismatch.map(m -> names(m.callers())).orElse(null));
        }
    }

    private static String party(Attribution party) {
        return party.best().isEmpty() ? ("not " + candidates(party.closest())).strip() : candidates(party.best());
    }

    private static String candidates(List<Candidate> candidates) {
        return names(candidates.stream().map(Candidate::abi).toList());
    }

    private static String names(List<Abi> abis) {
        return abis.stream().map(abi -> abi.name().replace("linux-stub-g", "G")).collect(Collectors.joining("+"));
    }

    /** KVM's initialisation and its end, 5.4: the stub is reset, KVM is installed over it, used, and reset in its turn. */
    @Test
    void kvmSequence_isToldCallByCall() throws IOException {
        try (HtrTrace trace = Traces.open(SAMPLES.resolve("linux-5.4-kvm.htr"))) {
            List<String> told = new ArrayList<>();
            for (Attribution party : Attribution.of(AnsweredCalls.of(trace).calls(), AbiLibrary.all(), Level.EXACT)) {
                if (!party.best().isEmpty()) {
                    Candidate first = party.best().get(0);
                    first.checks()
                            .forEach(check -> told.add(String.format(
                                    "%02d %s",
                                    check.call().number(),
                                    FunctionText.name(check.function().orElseThrow()))));
                }
            }
            told.sort(Comparator.naturalOrder());
            assertEquals(
                    List.of(
                            "04 HVC_RESET_VECTORS",
                            "05 HVC_SET_VECTORS",
                            "06 KVM_INIT_PHASE_2",
                            "07 kvm_call_hyp",
                            "08 HVC_RESET_VECTORS",
                            "09 HVC_RESET_VECTORS",
                            "10 HVC_SET_VECTORS",
                            "11 KVM_INIT_PHASE_2",
                            "12 kvm_call_hyp"),
                    told.subList(0, 9));
            assertEquals("46 HVC_RESET_VECTORS", told.get(told.size() - 1));
        }
    }
}
