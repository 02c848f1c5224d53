package dev.hyptrace.recorder.ftrace;

import dev.hyptrace.recorder.text.TextOutput;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The virtual processors, by their threads. */
final class Guests {
    /** With more threads than these the one that has been silent for longest gives its number to the next. */
    static final int MAX_PROCESSORS = 256;

    private final TextOutput out;
    private final Map<Long, GuestProcessor> processors = new LinkedHashMap<>(16, 0.75f, true);

    /** What is missing before the first of them; null when nothing is. */
    private String before;

    Guests(TextOutput out) {
        this.out = out;
    }

    /** The processor that this thread is known to be. */
    Optional<GuestProcessor> known(long thread) {
        return Optional.ofNullable(processors.get(thread));
    }

    /** The processor that this thread is, which enters or leaves a guest. */
    GuestProcessor of(FtraceLine line) {
        GuestProcessor processor = processors.get(line.thread());
        return processor == null ? add(line) : processor;
    }

    private GuestProcessor add(FtraceLine line) {
        GuestProcessor added = new GuestProcessor(number(), out);
        processors.put(line.thread(), added);
        if (before != null) {
            added.gap(before);
            before = null;
        }
        added.note("virtual processor " + added.cpu() + " is the thread " + line.task() + "-" + line.thread());
        return added;
    }

    private int number() {
        if (processors.size() < MAX_PROCESSORS) {
            return processors.size();
        }
        Iterator<GuestProcessor> oldest = processors.values().iterator();
        GuestProcessor silent = oldest.next();
        oldest.remove();
        silent.gap("another thread goes on as this virtual processor");
        return silent.cpu();
    }

    /** Something is missing, and what it was about is not known. */
    void gap(String reason) {
        before = processors.isEmpty() ? reason : before;
        processors.values().forEach(processor -> processor.gap(reason));
    }

    /** The log ends. */
    void end() {
        processors.values().forEach(GuestProcessor::release);
    }
}
