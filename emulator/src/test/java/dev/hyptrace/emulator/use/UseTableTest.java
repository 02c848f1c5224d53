package dev.hyptrace.emulator.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.InstructionSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of uses against the decode tables. */
class UseTableTest {
    private static Set<String> semantics() {
        Set<String> names = new TreeSet<>();
        for (InstructionSet set : InstructionSet.values()) {
            DecodeTable.of(set).encodings().forEach(encoding -> names.add(encoding.semantics()));
        }
        return names;
    }

    @Test
    void everyEncoding_hasALine_andEveryLineAnEncoding() {
        assertEquals(semantics(), new TreeSet<>(UseTable.names()));
    }
}
