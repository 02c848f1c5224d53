package dev.hyptrace.recorder.text;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import read, made and could not make of its input.
 *
 * @param name the input, as the caller named it
 * @param lines the lines read
 * @param bytes the bytes read, after decompression
 * @param counts how many there were of each thing that the format has, by its name; what did not occur is missing
 * @param problemCount how many things were wrong with the input
 * @param problems what they were, each one sentence that names the input and the line; the first {@value
 *     TextOutput#MAX_PROBLEMS}
 */
public record TextReport(
        String name, long lines, long bytes, SortedMap<String, Long> counts, long problemCount, List<String> problems) {

    public TextReport {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        problems = List.copyOf(problems);
    }

    /** How many there were. */
    public long count(String thing) {
        return counts.getOrDefault(thing, 0L);
    }
}
