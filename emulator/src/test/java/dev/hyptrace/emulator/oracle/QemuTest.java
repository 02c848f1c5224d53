package dev.hyptrace.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.instruction.Groups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random instructions with random operands, executed by QEMU and by the interpreter.
 *
 * <p>More of them: {@code mvn -pl emulator test -Dtest=QemuTest -Doracle.perLine=1000 -Doracle.seed=7}.
 */
class QemuTest {
    private static final int PER_LINE = Integer.getInteger("oracle.perLine", 40);
    private static final long SEED = Long.getLong("oracle.seed", 1);

    @TempDir
    Path directory;

    @Test
    void randomInstructions_haveTheOutcomeThatTheyHaveOnQemu() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Qemu.missing().isEmpty(), Qemu.missing());
        Emulator emulator = new Emulator();
        List<Case> cases = new ArrayList<>();
        List<Outcome> actual = new ArrayList<>();
        for (Case aCase : Cases.of(QemuTest::isDataProcessing, PER_LINE, SEED)) {
            if (isExceptionReturn(aCase)) {
                continue;
            }
            Optional<Outcome> outcome = emulator.run(aCase);
            if (outcome.isPresent()) {
                cases.add(aCase);
                actual.add(outcome.get());
            }
        }
        List<Outcome> expected = new Qemu(directory).run(cases);
        TreeMap<String, String> failures = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Case aCase = cases.get(i);
            String qemu = expected.get(i).changes(aCase);
            String ours = actual.get(i).changes(aCase);
            if (!qemu.equals(ours) && !expected.get(i).isMisalignedBranch()) {
                failures.put(aCase.toString(), "QEMU: " + qemu + "; here: " + ours);
            }
        }
        assertEquals(new TreeMap<>(), failures, "seed " + SEED);
    }

    private static boolean isDataProcessing(Encoding encoding) {
        return Groups.isIn(
                encoding,
                "BitFields",
                "DataProcessingImmediate",
                "DataProcessingRegister",
                "DataProcessingShiftedRegister",
                "Divide",
                "HalfwordMultiply",
                "Multiply",
                "PackingAndExtension",
                "ParallelAddSubtract",
                "Saturating",
                "Shifts");
    }

    /**
     * Data-processing instructions with S and PC as destination. QEMU makes exception returns of some only, and in System
     * mode, where the cases run, they are UNPREDICTABLE.
     */
    private static boolean isExceptionReturn(Case aCase) {
        int last = aCase.code.length - 1;
        return aCase.thumb
                ? last > 0 && (aCase.code[last] & 0x8f00) == 0x0f00 && (aCase.code[last - 1] & 0x10) != 0
                : (aCase.code[0] & 0x0c10_f000) == 0x0010_f000;
    }
}
