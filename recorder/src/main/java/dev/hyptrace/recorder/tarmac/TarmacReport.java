package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.ExceptionKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an import read, made and could not make of its input.
 *
 * @param name the input, as the caller named it
 * @param lines the lines read
 * @param bytes the bytes read, after decompression
 * @param steps instructions
 * @param accesses memory accesses of those
 * @param exceptions how many exceptions of each kind were taken
 * @param returns exception returns
 * @param gaps places where instructions are missing
 * @param notes lines kept as notes
 * @param notesLeftOut lines left out after too many notes
 * @param problemCount how many problems there were
 * @param problems what was wrong with the input, each one sentence that names it and the line; the first
 *     {@value Output#MAX_PROBLEMS}
 */
public record TarmacReport(
        String name,
        long lines,
        long bytes,
        long steps,
        long accesses,
        Map<ExceptionKind, Long> exceptions,
        long returns,
        long gaps,
        long notes,
        long notesLeftOut,
        long problemCount,
        List<String> problems) {

    public TarmacReport {
        EnumMap<ExceptionKind, Long> copy = new EnumMap<>(ExceptionKind.class);
        copy.putAll(exceptions);
        exceptions = Collections.unmodifiableMap(copy);
        problems = List.copyOf(problems);
    }
}
