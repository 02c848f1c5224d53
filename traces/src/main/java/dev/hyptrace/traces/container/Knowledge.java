package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Processor;
import java.util.Arrays;

/**
 * When each register of a processor was last recorded, and how. Told of every event, it does something only where the shape
 * changes: while it stays the same all its registers were last recorded by the last event.
 */
final class Knowledge {
    /** In place of the number of an event when there was none. */
    static final long NEVER = -1;

    private final int registers;
    /** Null until something was recorded: a reader has no use for them. */
    private long[] seen;

    private int[] rules;
    private Shape shape;
    private long lastEvent = NEVER;
    private long lastGap = NEVER;

    Knowledge(int registers) {
        this.registers = registers;
    }

    /** An event of the processor has a state of this shape. */
    void state(Shape now, long event) {
        if (now != shape) {
            settle();
            shape = now;
        }
        lastEvent = event;
    }

    void gap(long event) {
        lastGap = event;
    }

    /** Adds what is known when an event begins. */
    void addTo(Processor.Builder message, long event) {
        settle();
        boolean anyDerived = false;
        for (int register : message.getRegistersList()) {
            message.addSeenBefore(isSeen(register) ? event - seen[register] : 0);
            anyDerived |= isSeen(register) && rules[register] != 0;
        }
        for (int i = 0; anyDerived && i < message.getRegistersCount(); i++) {
            message.addRules(rules[message.getRegisters(i)]);
        }
        if (lastGap != NEVER) {
            message.setGapBefore(event - lastGap);
        }
    }

    boolean isSeen(int register) {
        return seen != null && seen[register] != NEVER || shape != null && shape.place(register) >= 0;
    }

    private void settle() {
        if (shape == null) {
            return;
        }
        if (seen == null) {
            seen = new long[registers];
            rules = new int[registers];
            Arrays.fill(seen, NEVER);
        }
        for (int i = 0; i < shape.size(); i++) {
            int register = shape.register(i);
            seen[register] = lastEvent;
            rules[register] = shape.ruleNumber(i);
        }
        shape = null;
    }
}
