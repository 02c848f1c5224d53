package dev.hyptrace.replayer.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hyptrace.emulator.board.Checkpoint;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.replayer.probe.Prober.End;
import dev.hyptrace.replayer.probe.Prober.Limits;
import dev.hyptrace.replayer.probe.Prober.Result;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProberTest {
    private static String bases(Result result) {
        return result.reports().stream()
                .map(report -> Hex.digits(report.occupant().hvbar()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "g1-on-g1, 40010240 40010900",
        "g1-on-g3, 40010240",
        "g2-on-g2, 40010240 40010900",
        "g3-on-g3, 40010240 40010900",
        "g4k-on-g4k, 40010240",
        "g4z-on-g4z, 40010240 40010900",
        "g1-zimage-on-g1, 40010240 40010900 40010960",
        "g3-zimage-on-g3, 40010240 40010900 40010980",
        "g4z-zimage-on-g4z, 40010240 40010900 40010980",
        "g4z-efi-on-none, 40010240 40010980"
    })
    void occupants_areFoundInTheOrderInWhichTheyComeIntoUse(String guest, String expected) throws Exception {
        Result result = Guests.probe(guest);
        assertEquals(End.POWERED_OFF, result.end());
        assertEquals(expected, bases(result));
        List<Integer> numbers = result.reports().stream()
                .map(report -> report.occupant().number())
                .toList();
        assertEquals(List.of(1, 2, 3).subList(0, numbers.size()), numbers);
    }

    @Test
    void occupant_isDescribedWithItsInstallationAndTheMomentOfTheCheckpoint() throws Exception {
        Occupant stub = Guests.stub("g3-on-g3").occupant();
        assertEquals(0x4001_0118, stub.installation().address());
        assertEquals(Mode.HYP, stub.installation().mode());
        assertEquals(stub.checkpoint().state().mode().orElseThrow(), Mode.SVC);
        assertEquals(0x4001_0240L, stub.checkpoint().state().require(Register.HVBAR));
        assertEquals(0xeaff_fffe, stub.vectors().words().get(0));
        assertEquals(64, stub.vectors().sha256().length());
        assertEquals(0xeaff_fffe, stub.handler().get(0x4001_0248).encoding());
        assertEquals(
                stub.vectors().words().get(5), stub.handler().get(0x4001_0254).encoding());
    }

    @Test
    void zimagesReentryVectors_jumpToR4InHyp() throws Exception {
        ProbeReport reentry = Guests.probe("g3-zimage-on-g3").reports().get(2);
        for (ProbeResult result : reentry.results()) {
            if (result.probeCase().caller().mode() != Mode.HYP) {
                long r0 = result.hypercall().call().require(Register.R0);
                String expected = "vector 0x14, enters r4&~1 in hyp thumb;" + (r0 == 0 ? "" : " R0:=0x00000000")
                        + " R1:=r7 R2:=r8 CPSR.T:=0b1";
                assertEquals(expected, result.outcome());
            }
        }
    }

    @Test
    void callsInHyp_areProbedBeforeTheFirstOfThem() throws Exception {
        ProbeReport report = Guests.probe("g4z-efi-on-none").reports().get(0);
        assertEquals(Mode.HYP, report.occupant().checkpoint().state().mode().orElseThrow());
        ProbeResult inHyp = report.results().stream()
                .filter(result -> result.probeCase().caller().mode() == Mode.HYP)
                .findFirst()
                .orElseThrow();
        assertEquals("vector 0x08, returns; R3:=ELR_hyp R4:=0x000001da", inHyp.outcome());
    }

    // ---- fingerprints

    @ParameterizedTest
    @ValueSource(strings = {"g2-on-g3", "g3-zimage-on-g3", "g1-on-g3"})
    void fingerprint_isThatOfTheStubWhoeverCallsIt(String guest) throws Exception {
        assertEquals(Guests.stub("g3-on-g3").fingerprint(), Guests.stub(guest).fingerprint());
    }

    @Test
    void fingerprint_isTheSameAtAnotherAddress() throws Exception {
        ProbeReport there = Guests.stub("g3-on-g3");
        Machine source = Guests.boot("g3-on-g3");
        int[] words = new int[24];
        for (int i = 0; i < words.length; i++) {
            words[i] = source.memory().ram().wordAt(0x1_0240 + Integer.BYTES * i);
        }
        Machine here = Guests.withStub(words);
        ProbeReport report =
                new Prober(here, Limits.NONE.withOccupants(1)).run().reports().get(0);
        assertEquals(0x4001_0100, report.occupant().hvbar());
        assertEquals(there.canonicalText(), report.canonicalText());
        assertEquals(there.fingerprint(), report.fingerprint());
        assertEquals(there.occupant().handlerSha256(), report.occupant().handlerSha256());
    }

    @Test
    void fingerprints_tellGenerationsAndPlantedFaultsApart() throws Exception {
        List<String> guests = List.of(
                "g1-on-g1",
                "g2-on-g2",
                "g2-posted-on-g2-posted",
                "g3-on-g3",
                "g4k-on-g4k",
                "g4z-on-g4z",
                "g3-on-g3-forgets-r0",
                "g3-on-g3-returns-sys",
                "g3-on-g3-unmasks-irq",
                "g3-on-g3-clobbers-r1",
                "g3-on-g3-wrong-base",
                "g3-on-g3-keeps-base");
        Set<String> fingerprints = new HashSet<>();
        for (String guest : guests) {
            fingerprints.add(Guests.stub(guest).fingerprint());
        }
        assertEquals(guests.size(), fingerprints.size());
    }

    @Test
    void probingAgain_givesTheSameBytes() throws Exception {
        List<ProbeReport> first = Guests.probe("g4z-zimage-on-g4z").reports();
        List<ProbeReport> second = Guests.probe("g4z-zimage-on-g4z").reports();
        assertEquals(3, first.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(first.get(i).canonicalText(), second.get(i).canonicalText());
            assertEquals(first.get(i).occupant(), second.get(i).occupant());
            assertEquals(first.get(i).results(), second.get(i).results());
        }
    }

    // ---- isolation

    @Test
    void calls_knowNothingOfEachOther() throws Exception {
        List<ProbeCase> twice = new ArrayList<>(ProbeMatrix.standard());
        twice.addAll(ProbeMatrix.standard());
        List<ProbeResult> results = new Prober(Guests.boot("g1-on-g1"), Limits.NONE.withOccupants(1), twice)
                .run()
                .reports()
                .get(0)
                .results();
        int half = twice.size() / 2;
        for (int i = 0; i < half; i++) {
            assertEquals(results.get(i).line(), results.get(half + i).line());
            assertEquals(results.get(i).end(), results.get(half + i).end());
        }
    }

    @Test
    void machine_isAfterProbingWhatItWasBefore() throws Exception {
        Machine machine = Guests.boot("g3-on-g3");
        machine.run(100);
        byte[] ram = ram(machine);
        Object state = Capture.everything(machine.cpu());
        try (Checkpoint checkpoint = machine.checkpoint()) {
            Experiment experiment = new Experiment(machine, checkpoint, 1000);
            for (ProbeCase probeCase : ProbeMatrix.standard()) {
                experiment.run(1, probeCase);
            }
        }
        assertEquals(state, Capture.everything(machine.cpu()));
        assertEquals(100, machine.cpu().instructions);
        assertArrayEquals(ram, ram(machine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g1-on-g1", "g2-get-on-g3", "g3-on-g3-thumb", "g4z-zimage-on-g4z", "g4z-efi-on-none"})
    void run_goesOnAsWithoutProbes(String guest) throws Exception {
        StringBuilder output = new StringBuilder();
        Machine plain = Guests.boot(guest, output::append);
        plain.run(Long.MAX_VALUE);
        StringBuilder probedOutput = new StringBuilder();
        Machine probed = Guests.boot(guest, probedOutput::append);
        new Prober(probed, Limits.NONE).run();
        assertEquals(plain.cpu().instructions, probed.cpu().instructions);
        assertEquals(output.toString(), probedOutput.toString());
        assertEquals(Capture.everything(plain.cpu()), Capture.everything(probed.cpu()));
        assertArrayEquals(ram(plain), ram(probed));
    }

    private static byte[] ram(Machine machine) {
        return machine.memory()
                .ram()
                .read(machine.memory().ram().base(), machine.memory().ram().size());
    }

    // ---- limits

    @Test
    void limitOfOccupants_endsTheRunAfterSoMany() throws Exception {
        Result result = new Prober(Guests.boot("g3-zimage-on-g3"), Limits.NONE.withOccupants(2)).run();
        assertEquals(End.OCCUPANTS, result.end());
        assertEquals("40010240 40010900", bases(result));
    }

    @Test
    void limitOfInstructions_endsTheRunThere() throws Exception {
        Machine machine = Guests.boot("g3-on-g3");
        Result result = new Prober(machine, Limits.NONE.withInstructions(100)).run();
        assertEquals(End.INSTRUCTIONS, result.end());
        assertEquals(100, machine.cpu().instructions);
        assertEquals("40010240", bases(result));
    }

    @Test
    void nothingNew_endsTheRun() throws Exception {
        Machine machine = Guests.withHandler(0xe160_006e); // eret
        Result result = new Prober(machine, Limits.NONE.withIdle(5000)).run();
        assertEquals(End.IDLE, result.end());
        assertEquals(1, result.reports().size());
        assertNotEquals(0, machine.cpu().instructions);
    }
}
