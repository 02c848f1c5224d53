package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.qemulog.QemuLog;
import dev.hyptrace.replayer.step.BlockRecovery;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that QEMU logged in blocks, and what is computed for the steps inside, against their single-stepped logs. */
class BlockRecoveryTest {
    private static final Path SAMPLES = Path.of("..", "traces", "samples", "blocks");

    @TempDir
    private Path folder;

    /**
     * @param steps all steps
     * @param recovered those that were given registers
     * @param whole those of which every register is known
     * @param left those inside of blocks without
     * @param known registers computed
     * @param unknown registers that the single-stepped log has and that were not
     */
    @ParameterizedTest
    @CsvSource({
        "allhypentries-fpu, 162, 81, 30, 5, 3885, 334",
        "g3-on-g3,          231, 125, 90, 2, 1819, 215",
        "g3-on-g3-thumb,    244, 137, 102, 2, 2011, 215",
        "g1-zimage-on-g3,   161, 90, 66, 2, 1339, 135"
    })
    void computedRegisters_areThoseOfTheSingleSteppedLog(
            String name, int steps, int recovered, int whole, int left, int known, int unknown) throws IOException {
        List<Event> events = new ArrayList<>();
        BlockRecovery recovery = new BlockRecovery(events::add);
        read(name, recovery);
        List<Event.Step> single = steps(name + "-singlestep");
        List<Event.Step> all = events.stream()
                .filter(Event.Step.class::isInstance)
                .map(Event.Step.class::cast)
                .toList();
        int right = 0;
        int missing = 0;
        int skipped = 0;
        for (int i = 0; i < all.size(); i++) {
            while (single.get(i + skipped).address() != all.get(i).address()) {
                skipped++;
            }
            State mine = all.get(i).before();
            State theirs = single.get(i + skipped).before();
            for (Register register : theirs.registers()) {
                if (mine.rule(register).equals(Optional.of(DerivationRule.REPLAYED))) {
                    assertEquals(theirs.require(register), mine.require(register), "step " + i + " " + register);
                    right++;
                } else {
                    missing += mine.has(register) ? 0 : 1;
                }
            }
        }
        assertEquals(
                List.of(steps, recovered, whole, left, known, unknown),
                List.of(
                        all.size(),
                        (int) recovery.recovered(),
                        (int) recovery.whole(),
                        (int) recovery.left(),
                        right,
                        missing));
        assertEquals(single.size() - all.size(), skipped, "steps of a block that an exception broke off");
    }

    private static List<Event.Step> steps(String name) throws IOException {
        List<Event.Step> steps = new ArrayList<>();
        read(name, event -> {
            if (event instanceof Event.Step step) {
                steps.add(step);
            }
        });
        return steps;
    }

    private static void read(String name, EventSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(SAMPLES.resolve(name + ".qemu.log.gz"))) {
            QemuLog.read(name, in, sink);
        }
    }

    @Test
    void import_computesAndSaysSoUnlessToldNotTo() throws IOException {
        Path log = SAMPLES.resolve("g3-on-g3.qemu.log.gz");
        Cli with = Cli.run("import", "-o", folder.resolve("with.htr"), log);
        assertEquals(0, with.status(), with.toString());
        assertTrue(with.err().contains("steps inside of blocks were computed"), with.err());
        Cli without = Cli.run("import", "--no-recovery", "-o", folder.resolve("without.htr"), log);
        assertFalse(without.err().contains("computed"), without.err());
        assertTrue(Files.size(folder.resolve("with.htr")) > Files.size(folder.resolve("without.htr")));
    }

    @Test
    void import_ofASingleSteppedLog_isAsItWas() throws IOException {
        Path log = SAMPLES.resolve("g3-on-g3-singlestep.qemu.log.gz");
        Cli.run("import", "-o", folder.resolve("with.htr"), log);
        Cli.run("import", "--no-recovery", "-o", folder.resolve("without.htr"), log);
        assertEquals(-1, Files.mismatch(folder.resolve("with.htr"), folder.resolve("without.htr")));
    }
}
