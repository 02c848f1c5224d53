package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.Encoding.Constraint;
import dev.hyptrace.emulator.decode.ExampleWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The decode tables against themselves and against the semantic methods. */
class DecodeTablesTest {
    private static final Map<String, DecodeTable> TABLES =
            Map.of("A32", DecodeTable.a32(), "T32", DecodeTable.t32(), "T16", DecodeTable.t16());

    private static List<Encoding> allEncodings() {
        List<Encoding> list = new ArrayList<>();
        TABLES.values().forEach(table -> list.addAll(table.encodings()));
        return list;
    }

    @Test
    void encodings_ofOneTable_doNotOverlap() {
        TABLES.forEach((name, table) -> assertEquals(List.of(), table.overlaps(), name));
    }

    @Test
    void everyLine_isBoundToAMethod() {
        for (Encoding encoding : allEncodings()) {
            BoundEncoding.bind(encoding);
        }
    }

    @Test
    void everySemanticMethod_hasALine() {
        Set<String> unused = new TreeSet<>();
        Groups.methods().forEach(method -> unused.add(method.getName()));
        allEncodings().forEach(encoding -> unused.remove(encoding.semantics()));
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyField_isUsedByTheMethodOrDeclared() {
        List<String> unused = new ArrayList<>();
        for (Encoding encoding : allEncodings()) {
            Set<String> used = usedFields(encoding);
            for (char field : encoding.pattern().fields().keySet()) {
                boolean condition = field == 'c' && encoding.pattern().fields().get('c') == 0xf000_0000;
                if (!condition && !used.contains(String.valueOf(field))) {
                    unused.add(encoding + ": " + field);
                }
            }
        }
        assertEquals(List.of(), unused);
    }

    private static Set<String> usedFields(Encoding encoding) {
        Set<String> used = new HashSet<>();
        encoding.bindings().values().forEach(binding -> used.addAll(binding.arguments()));
        encoding.constraints().stream()
                .filter(constraint -> constraint.meaning() == Constraint.Meaning.UNPREDICTABLE_UNLESS)
                .forEach(constraint -> used.add(String.valueOf(constraint.field())));
        Arrays.stream(Groups.method(encoding).getParameters())
                .map(parameter -> parameter.getName())
                .filter(name -> !encoding.bindings().containsKey(name))
                .forEach(used::add);
        return used;
    }

    @Test
    void everyBinding_isOfAParameter() {
        List<String> unused = new ArrayList<>();
        for (Encoding encoding : allEncodings()) {
            Set<String> names = new HashSet<>(encoding.bindings().keySet());
            names.remove("cond");
            Arrays.stream(Groups.method(encoding).getParameters())
                    .forEach(parameter -> names.remove(parameter.getName()));
            names.forEach(name -> unused.add(encoding + ": " + name));
        }
        assertEquals(List.of(), unused);
    }

    @Test
    void encodings_ofOneTable_areFoundByAWordOfTheirs() {
        TABLES.forEach((name, table) -> {
            for (Encoding encoding : table.encodings()) {
                assertTrue(
                        new ExampleWords(encoding, 1).stream(200).anyMatch(word -> encoding.equals(table.lookup(word))),
                        () -> name + ": no word of " + encoding + " is looked up as it");
            }
        });
    }
}
