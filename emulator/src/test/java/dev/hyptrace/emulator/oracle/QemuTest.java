package dev.hyptrace.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.decode.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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

    /** Instructions that nothing ends here. */
    private static final Set<String> WAITS = Set.of("wfe", "wfi");

    @TempDir
    Path directory;

    @Test
    void randomInstructions_haveTheOutcomeThatTheyHaveOnQemu() throws IOException, InterruptedException {
        compare(Cases::isDataProcessing);
    }

    @Test
    void randomExtensionInstructions_haveTheOutcomeThatTheyHaveOnQemu() throws IOException, InterruptedException {
        compare(Cases::isExtension);
    }

    @Test
    void wordsOfNoExtensionLine_haveTheOutcomeThatTheyHaveOnQemu() throws IOException, InterruptedException {
        compare(Cases.ofNoExtensionLine(100 * PER_LINE, SEED));
    }

    private void compare(Predicate<Encoding> wanted) throws IOException, InterruptedException {
        compare(Cases.of(wanted, PER_LINE, SEED));
    }

    private void compare(List<Case> candidates) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Qemu.missing().isEmpty(), Qemu.missing());
        Emulator emulator = new Emulator();
        List<Case> cases = new ArrayList<>();
        List<Outcome> actual = new ArrayList<>();
        for (Case aCase : candidates) {
            if (Cases.isExceptionReturn(aCase)) {
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

    @Test
    void wordsWithAWrongShouldBeBit_areUndefinedWhereTheyAreOnQemu() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Qemu.missing().isEmpty(), Qemu.missing());
        Emulator emulator = new Emulator();
        List<Case> cases = Cases.withWrongBits(encoding -> !WAITS.contains(encoding.semantics()), SEED);
        List<Outcome> expected = new Qemu(directory).run(cases);
        TreeMap<String, String> failures = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Optional<Outcome> actual = emulator.run(cases.get(i));
            boolean undefined = actual.isPresent() && actual.get().isUndefined();
            if (expected.get(i).isUndefined() != undefined) {
                failures.put(cases.get(i).toString(), undefined ? "QEMU executes it" : "QEMU: UNDEFINED");
            }
        }
        assertEquals(new TreeMap<>(), failures, "seed " + SEED);
    }
}
