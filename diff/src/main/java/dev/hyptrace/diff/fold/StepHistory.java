package dev.hyptrace.diff.fold;

import dev.hyptrace.diff.compare.Difference;
import dev.hyptrace.diff.result.Severity;
import dev.hyptrace.replayer.ReplayedEvent;
import dev.hyptrace.replayer.ReplayedEvent.Kind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of one processor's differences so far, as the rules for steps ask for it. Bounded. */
public final class StepHistory {
    private static final int MAX_REPEATABLE = 4096;

    private final Map<String, Entry> repeatable = new LinkedHashMap<>();
    private Optional<Entry> before = Optional.empty();
    private Optional<Entry> atEvent = Optional.empty();
    private ReplayedEvent event;
    private Optional<Integer> writerAddress = Optional.empty();
    private Optional<Instruction> writer = Optional.empty();

    /**
     * An event is looked at next.
     *
     * @param replayed the event
     * @param address where the instruction before it is
     * @param instruction that instruction
     */
    public void begin(ReplayedEvent replayed, Optional<Integer> address, Optional<Instruction> instruction) {
        before = atEvent.or(() -> before);
        atEvent = Optional.empty();
        event = replayed;
        writerAddress = address;
        writer = instruction;
    }

    /** A difference at the event at hand went into the ledger. */
    public void add(Entry entry) {
        atEvent = atEvent.isEmpty() ? Optional.of(entry) : atEvent;
        repeatable.putIfAbsent(key(entry.difference()), entry);
        if (repeatable.size() > MAX_REPEATABLE) {
            repeatable.remove(repeatable.keySet().iterator().next());
        }
    }

    /** Whether the recording's source is known to differ from the manual here. */
    public boolean isSourceDeviation() {
        return event.cause()
                .filter(cause -> cause.kind() == Kind.SOURCE_DEVIATION)
                .isPresent();
    }

    /** The first difference at an earlier event. */
    Optional<Entry> before() {
        return before;
    }

    /** The first difference at the event at hand. */
    Optional<Entry> atEvent() {
        return atEvent;
    }

    /** What the emulator says here if it keeps its own state at the difference before. */
    Optional<State> unsynchronised() {
        return event.unsynchronised();
    }

    /** An earlier difference in the same field that the same instruction wrote. */
    Optional<Entry> repeated(Difference difference) {
        return writer.isEmpty() ? Optional.empty() : Optional.ofNullable(repeatable.get(key(difference)));
    }

    /** Whether a difference may stand under a finding: what the source explains does not hide what it does not. */
    boolean mayFollow(Consequence consequence) {
        return consequence.proves()
                || consequence.cause().root().severity() != Severity.EXPLAINED
                || isSourceDeviation();
    }

    private String key(Difference difference) {
        return difference.name() + " " + writerAddress + " " + writer;
    }
}
