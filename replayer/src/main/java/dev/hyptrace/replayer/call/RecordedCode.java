package dev.hyptrace.replayer.call;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The instructions that a recording shows in Hyp mode, by address: the handler's code, as far as it was executed. */
final class RecordedCode {
    /** A recording that shows more than this in Hyp mode is of a hypervisor; its first instructions are kept. */
    private static final int MOST = 1 << 20;

    private final NavigableMap<Long, Instruction> instructions = new TreeMap<>();

    /** Reads a recording once, from its beginning. */
    static RecordedCode of(Trace trace) throws IOException {
        RecordedCode code = new RecordedCode();
        try (EventReader events = trace.events()) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if (event instanceof Event.Step step && step.before().mode().equals(Optional.of(Mode.HYP))) {
                    code.put(step);
                }
            }
        }
        return code;
    }

    private void put(Event.Step step) {
        if (step.instruction().isPresent() && instructions.size() < MOST) {
            instructions.put(
                    Integer.toUnsignedLong(step.address()), step.instruction().get());
        }
    }

    /** By unsigned address. */
    NavigableMap<Long, Instruction> byAddress() {
        return instructions;
    }

    boolean holds(int address) {
        return instructions.containsKey(Integer.toUnsignedLong(address));
    }
}
