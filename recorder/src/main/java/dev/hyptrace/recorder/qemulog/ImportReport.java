package dev.hyptrace.recorder.qemulog;

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
 * @param counts how many there were of each
 * @param exceptions how many exceptions of each kind were taken
 * @param problems what was wrong with the input, each one sentence that names it and the line; the first
 *     {@value Output#MAX_PROBLEMS} of {@link Count#PROBLEMS}
 */
public record ImportReport(
        String name,
        long lines,
        long bytes,
        Map<Count, Long> counts,
        Map<ExceptionKind, Long> exceptions,
        List<String> problems) {

    public ImportReport {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        exceptions = Collections.unmodifiableMap(new EnumMap<>(exceptions));
        problems = List.copyOf(problems);
    }

    /** How many there were. */
    public long count(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** How many exceptions of this kind were taken. */
    public long exceptions(ExceptionKind kind) {
        return exceptions.getOrDefault(kind, 0L);
    }
}
