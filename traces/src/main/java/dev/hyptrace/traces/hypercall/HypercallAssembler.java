package dev.hyptrace.traces.hypercall;

import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts hypercalls together from the events of a recording, as they come and in bounded memory.
 *
 * <p>A hypercall is an HVC and the exception entry to Hyp mode that answers it, on the same processor with no gap between.
 * A source without exception events shows the entry by a step at the vector, 0x14 (from Hyp mode 0x08) into a table aligned
 * to 32 bytes. An entry without a step before it is a hypercall, too; its state at the call is then only what follows from
 * the state at the vector. An HVC that is not answered at the Hyp vector is none.
 *
 * <p>A step whose instruction was not recorded is taken for the HVC when an exception entry by HVC follows it.
 *
 * <p>It ends by an {@link Event.ExceptionReturn} or a step outside Hyp mode, or, for an HVC from Hyp mode, at the
 * instruction after the HVC; {@link Hypercall.Outcome} says how. After a {@link Event.Gap} in the handler only an exception
 * return is believed: the event that follows the gap, or one that goes to the very instruction after the HVC in the caller's
 * mode. A handler that calls a function (BLX) out of the code it has visited and leaves Hyp mode from there has entered no
 * payload; one that jumps there has. So has one of which a {@link Event.Snapshot} with the reason {@code "entered another
 * payload in HYP"} says so.
 *
 * <p>Calls are handed over when they end, a call made by another call's handler before that one. Their
 * {@link Hypercall#number numbers} are in the order in which they began.
 */
public final class HypercallAssembler implements EventSink {
    /** More processors than this with something open at the same time are no recording of an ARMv7 system. */
    private static final int MAX_PROCESSORS = 256;

    private final Consumer<Hypercall> consumer;
    private final BeginListener beginListener;
    private final Map<Integer, ProcessorCalls> processors = new LinkedHashMap<>();
    private int lastCpu = -1;
    private ProcessorCalls last;
    private int calls;
    private long steps;
    private long events;

    /** Learns that a hypercall has begun. */
    @FunctionalInterface
    public interface BeginListener {
        /**
         * The events so far have shown that there is a hypercall.
         *
         * @param number its number, from 1
         * @param firstEvent the number, from 0, of the first event that belongs to it: the step of its HVC or, where the
         *     recording lacks that, its exception entry
         */
        void begun(int number, long firstEvent);
    }

    /** @param consumer takes each hypercall when it has ended */
    public HypercallAssembler(Consumer<Hypercall> consumer) {
        this(consumer, (number, firstEvent) -> {});
    }

    /**
     * @param consumer takes each hypercall when it has ended
     * @param beginListener learns of each when it begins
     */
    public HypercallAssembler(Consumer<Hypercall> consumer, BeginListener beginListener) {
        this.consumer = consumer;
        this.beginListener = beginListener;
    }

    /** How many hypercalls have begun. */
    public int begun() {
        return calls;
    }

    /** How many steps were taken in. */
    public long steps() {
        return steps;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.Step step) {
            processor(step.cpu()).step(step, steps++, events);
        } else if (event instanceof Event.ExceptionEntry entry) {
            processor(entry.cpu()).entry(entry, events);
        } else if (event instanceof Event.ExceptionReturn exceptionReturn) {
            processor(exceptionReturn.cpu()).exceptionReturn(exceptionReturn);
        } else if (event instanceof Event.Snapshot snapshot) {
            processor(snapshot.cpu()).snapshot(snapshot);
        } else if (event instanceof Event.Gap gap) {
            processor(gap.cpu()).gap();
        }
        events++;
    }

    /** Whether nothing that was taken in so far has to do with what the processor does next. */
    public boolean isIdle(int cpu) {
        ProcessorCalls calling = processors.get(cpu);
        return calling == null || calling.isIdle();
    }

    /** Takes in steps that are no HVC, on a processor that {@link #isIdle}. */
    public void skipSteps(int count) {
        steps += count;
        events += count;
    }

    /** Hands over the calls that are still open. Further events start afresh. */
    public void finish() {
        processors.values().forEach(ProcessorCalls::finish);
        processors.clear();
        lastCpu = -1;
        last = null;
    }

    private ProcessorCalls processor(int cpu) {
        if (last == null || cpu != lastCpu) {
            if (last != null && last.isIdle()) {
                processors.remove(lastCpu);
            }
            last = processors.get(cpu);
            if (last == null) {
                last = add(cpu);
            }
            lastCpu = cpu;
        }
        return last;
    }

    private ProcessorCalls add(int cpu) {
        if (processors.size() == MAX_PROCESSORS) {
            Integer eldest = processors.keySet().iterator().next();
            processors.remove(eldest).finish();
        }
        ProcessorCalls added = new ProcessorCalls(this::begin, consumer);
        processors.put(cpu, added);
        return added;
    }

    private int begin(long firstEvent) {
        beginListener.begun(++calls, firstEvent);
        return calls;
    }
}
