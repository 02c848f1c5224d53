package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events that are ready to be read, and the counts and problems for the report. */
final class Output {
    static final int MAX_PROBLEMS = 20;
    /** Lines that are no event: kept so many, then only counted. */
    static final int MAX_NOTES = 10_000;

    static final int MAX_NOTE_LENGTH = 200;
    private static final Count[] COUNTS = Count.values();

    private final String name;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final long[] counts = new long[COUNTS.length];
    private final long[] exceptions = new long[ExceptionKind.values().length];
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, LineHistory> histories = new HashMap<>();
    private LineHistory lastHistory;
    private int lastCpu = -1;

    Output(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The next event that is ready, or null. */
    Event poll() {
        return events.poll();
    }

    /** Adds an event that is counted elsewhere, or not. */
    void add(Event event) {
        events.add(event);
        history(event.cpu()).follow(event);
    }

    void add(Event event, Count count) {
        add(event);
        count(count);
    }

    /** What the events of a processor so far imply of the lines that follow. */
    LineHistory history(int cpu) {
        if (cpu != lastCpu) {
            lastCpu = cpu;
            lastHistory = histories.computeIfAbsent(cpu, LineHistory::new);
        }
        return lastHistory;
    }

    void entry(Event.ExceptionEntry entry) {
        add(entry, Count.EXCEPTION_ENTRIES);
        exceptions[entry.kind().ordinal()]++;
    }

    void count(Count count) {
        counts[count.ordinal()]++;
    }

    long counted(Count count) {
        return counts[count.ordinal()];
    }

    /** Something is wrong with the input at this line; the import goes on. */
    void problem(long line, String what) {
        count(Count.PROBLEMS);
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(name + ": line " + line + ": " + what);
        }
    }

    ImportReport report(long lines, long bytes) {
        Map<Count, Long> counted = new EnumMap<>(Count.class);
        for (Count count : COUNTS) {
            counted.put(count, counts[count.ordinal()]);
        }
        Map<ExceptionKind, Long> byKind = new EnumMap<>(ExceptionKind.class);
        for (ExceptionKind kind : ExceptionKind.values()) {
            if (exceptions[kind.ordinal()] > 0) {
                byKind.put(kind, exceptions[kind.ordinal()]);
            }
        }
        return new ImportReport(name, lines, bytes, counted, byKind, problems);
    }
}
