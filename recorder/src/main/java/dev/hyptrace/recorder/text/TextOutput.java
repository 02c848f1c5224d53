package dev.hyptrace.recorder.text;

import dev.hyptrace.traces.model.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The events that are ready to be read, and the counts and problems for the report. */
public final class TextOutput {
    static final int MAX_PROBLEMS = 20;
    /** Lines that are no event: kept so many, then only counted. */
    static final int MAX_NOTES = 10_000;
    /** Names that come from the input: counted so many, then together. */
    private static final int MAX_NAMES = 256;

    private static final int MAX_EARLY = 100;
    private static final int MAX_NOTE_LENGTH = 200;
    private static final String OTHERS = "others";
    private static final String LEFT_OUT = "notes left out";

    private final String name;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    /** Notes from before the first line that only this format has; null once that has come. */
    private List<String> early = new ArrayList<>();

    private String firstLine = "";
    private long notes;
    private long problemCount;

    /** @param name what to call the input in messages */
    public TextOutput(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The next event that is ready; null when none is. */
    public Event poll() {
        return events.poll();
    }

    public void add(Event event) {
        events.add(event);
    }

    /** Counts one more of something. */
    public void count(String thing) {
        count(thing, 1);
    }

    /** Counts so many more of something. */
    public void count(String thing, long more) {
        if (more == 0) {
            return;
        }
        boolean fits = counts.size() < MAX_NAMES || counts.containsKey(thing);
        counts.merge(fits ? thing : OTHERS, more, Long::sum);
    }

    /** The first line that only this format has: the notes before it stand. */
    public void recognise() {
        if (early != null) {
            List<String> lines = early;
            early = null;
            lines.forEach(line -> note(0, line));
        }
    }

    public boolean isRecognised() {
        return early == null;
    }

    /** Keeps a line that is no event. */
    public void note(int cpu, String line) {
        if (!isRecognised()) {
            keepEarly(line);
            return;
        }
        Event.Note note = noteFor(cpu, line);
        if (note != null) {
            add(note);
        }
    }

    /** The note for a line that is no event, to be added later; null when there are too many already. */
    public Event.Note noteFor(int cpu, String line) {
        if (notes == MAX_NOTES) {
            leaveOut();
            return null;
        }
        notes++;
        return new Event.Note(cpu, printable(line));
    }

    /** Counts a line that is neither an event nor kept as a note. */
    public void leaveOut() {
        count(LEFT_OUT);
    }

    private void keepEarly(String line) {
        if (firstLine.isEmpty()) {
            firstLine = printable(line);
        }
        if (early.size() < MAX_EARLY) {
            early.add(line);
        } else {
            leaveOut();
        }
    }

    /** The text of the first line that is not empty, for the message that nothing was recognised. */
    String firstLine() {
        return firstLine;
    }

    /**
     * The start of a text from the input, for messages: printable characters of ASCII, and {@code \xNN} for the rest.
     */
    public String printable(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return LineSource.printable(bytes, 0, bytes.length, MAX_NOTE_LENGTH);
    }

    /** Something is wrong with the input at this line; the import goes on. */
    public void problem(long line, String what) {
        problemCount++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(name + ": line " + line + ": " + what);
        }
    }

    /** What was read so far. */
    public TextReport report(long lines, long bytes) {
        return new TextReport(name, lines, bytes, counts, problemCount, problems);
    }
}
