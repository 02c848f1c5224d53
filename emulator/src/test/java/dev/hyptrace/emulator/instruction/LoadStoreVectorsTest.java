package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Load/store, branch and miscellaneous instructions against what QEMU did with them. */
class LoadStoreVectorsTest {
    private static final Set<Class<?>> GROUPS = Set.of(
            Branches.class,
            LoadStoreDual.class,
            LoadStoreMultiple.class,
            Loads.class,
            Miscellaneous.class,
            Stores.class,
            Synchronization.class,
            UnprivilegedLoadStore.class);

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                LoadStoreVectorsTest.class.getResourceAsStream("load-store.vectors"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyExperiment_endsAsInQemu() {
        Decoder decoder = new Decoder();
        List<String> different = new ArrayList<>();
        for (String line : lines()) {
            RecordedExperiment experiment = new RecordedExperiment(line);
            String found = experiment.execute(decoder);
            if (!found.equals(experiment.expected)) {
                different.add(line + "\n    emulator: " + found);
            }
        }
        assertEquals("", String.join("\n", different), different.size() + " experiments end otherwise");
    }

    @Test
    void everyEncoding_hasAnExperiment() {
        Decoder decoder = new Decoder();
        Set<String> missing = new TreeSet<>();
        for (DecodeTable table : List.of(DecodeTable.a32(), DecodeTable.t16(), DecodeTable.t32())) {
            table.encodings().stream()
                    .filter(LoadStoreVectorsTest::isOfTheseGroups)
                    .forEach(encoding -> missing.add(encoding + " " + encoding.pattern()));
        }
        assertTrue(missing.size() > 200, "the groups have their encodings");
        for (String line : lines()) {
            new RecordedExperiment(line)
                    .encodings(decoder)
                    .forEach(encoding -> missing.remove(encoding + " " + encoding.pattern()));
        }
        missing.removeIf(name -> name.startsWith("WFI"));
        assertEquals(Set.of(), missing, "encodings without an experiment (WFI would wait for ever)");
    }

    private static boolean isOfTheseGroups(Encoding encoding) {
        return GROUPS.stream()
                .flatMap(group -> List.of(group.getDeclaredMethods()).stream())
                .anyMatch(method -> method.getName().equals(encoding.semantics()));
    }
}
