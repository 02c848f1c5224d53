package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The events that are ready to be read, and the counts and problems for the report. */
final class Output {
    static final int MAX_PROBLEMS = 20;
    /** Lines that are no event: kept so many, then only counted. */
    static final int MAX_NOTES = 10_000;

    private final String name;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<ExceptionKind, Long> exceptions = new EnumMap<>(ExceptionKind.class);
    private final List<String> problems = new ArrayList<>();
    private long steps;
    private long accesses;
    private long returns;
    private long gaps;
    private long notes;
    private long notesLeftOut;
    private long problemCount;

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

    void step(Event.Step step) {
        events.add(step);
        steps++;
        accesses += step.accesses().size();
    }

    void entry(Event.ExceptionEntry entry) {
        events.add(entry);
        exceptions.merge(entry.kind(), 1L, Long::sum);
    }

    void exceptionReturn(Event.ExceptionReturn event) {
        events.add(event);
        returns++;
    }

    void gap(int cpu, String reason) {
        events.add(new Event.Gap(cpu, reason));
        gaps++;
    }

    void add(Event event) {
        events.add(event);
    }

    /** Whether one more note is kept; counts it either way. */
    boolean takeNote() {
        if (notes == MAX_NOTES) {
            notesLeftOut++;
            return false;
        }
        notes++;
        return true;
    }

    /** Something is wrong with the input at this line; the import goes on. */
    void problem(long line, String what) {
        problemCount++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(name + ": line " + line + ": " + what);
        }
    }

    TarmacReport report(long lines, long bytes) {
        return new TarmacReport(
                name,
                lines,
                bytes,
                steps,
                accesses,
                exceptions,
                returns,
                gaps,
                notes,
                notesLeftOut,
                problemCount,
                problems);
    }
}
