package dev.hyptrace.traces.summary;

import dev.hyptrace.traces.EventReader;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.TraceHeader;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is in a trace.
 *
 * @param header where it comes from
 * @param events how many events there are of each kind; every kind is there
 * @param exceptions how many exception entries there are of each kind that occurs
 * @param hypercalls how many hypercalls ended in each way; every way is there
 * @param registers for each kind of event that has a state, which registers were given, and how often
 * @param processors the numbers of the processors that have events
 * @param damage what could not be read
 */
public record TraceSummary(
        TraceHeader header,
        Map<EventType, Long> events,
        Map<ExceptionKind, Long> exceptions,
        Map<Hypercall.Outcome, Long> hypercalls,
        Map<EventType, Map<Register, Recorded>> registers,
        SortedSet<Integer> processors,
        List<Trace.Damage> damage) {

    public TraceSummary {
        events = Collections.unmodifiableMap(events);
        exceptions = Collections.unmodifiableMap(exceptions);
        hypercalls = Collections.unmodifiableMap(hypercalls);
        registers = Collections.unmodifiableMap(registers);
        processors = Collections.unmodifiableSortedSet(processors);
        damage = List.copyOf(damage);
    }

    /** Reads the whole trace. */
    public static TraceSummary of(Trace trace) throws IOException {
        Counter counter = new Counter();
        HypercallAssembler assembler =
                new HypercallAssembler(call -> counter.hypercalls.merge(call.outcome(), 1L, Long::sum));
        try (EventReader reader = trace.events()) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                counter.count(event);
                assembler.accept(event);
            }
        }
        assembler.finish();
        return counter.summary(trace);
    }

    /** How many events there are. */
    public long eventCount() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many steps there are. */
    public long steps() {
        return events.get(EventType.STEP);
    }

    /** How many hypercalls there are. */
    public long hypercallCount() {
        return hypercalls.values().stream().mapToLong(Long::longValue).sum();
    }

    private static final class Counter {
        private final long[] events = new long[EventType.values().length];
        private final long[] exceptions = new long[ExceptionKind.values().length];
        private final Map<Hypercall.Outcome, Long> hypercalls = new EnumMap<>(Hypercall.Outcome.class);
        private final RegisterCounts[] registers = new RegisterCounts[events.length];
        private final SortedSet<Integer> processors = new TreeSet<>();
        private int lastCpu = -1;

        private Counter() {
            for (Hypercall.Outcome outcome : Hypercall.Outcome.values()) {
                hypercalls.put(outcome, 0L);
            }
        }

        private void count(Event event) {
            EventType type = EventType.of(event);
            events[type.ordinal()]++;
            if (event.cpu() != lastCpu) {
                lastCpu = event.cpu();
                processors.add(lastCpu);
            }
            if (event instanceof Event.Step step) {
                count(type, step.before());
            } else if (event instanceof Event.ExceptionEntry entry) {
                exceptions[entry.kind().ordinal()]++;
                count(type, entry.atVector());
            } else if (event instanceof Event.ExceptionReturn exceptionReturn) {
                count(type, exceptionReturn.after());
            } else if (event instanceof Event.Snapshot snapshot) {
                count(type, snapshot.state());
            }
        }

        private void count(EventType type, State state) {
            if (registers[type.ordinal()] == null) {
                registers[type.ordinal()] = new RegisterCounts();
            }
            registers[type.ordinal()].count(state);
        }

        private TraceSummary summary(Trace trace) {
            Map<EventType, Long> byType = new EnumMap<>(EventType.class);
            Map<EventType, Map<Register, Recorded>> given = new EnumMap<>(EventType.class);
            for (EventType type : EventType.values()) {
                byType.put(type, events[type.ordinal()]);
                if (registers[type.ordinal()] != null) {
                    given.put(type, registers[type.ordinal()].counts());
                }
            }
            Map<ExceptionKind, Long> byKind = new EnumMap<>(ExceptionKind.class);
            for (ExceptionKind kind : ExceptionKind.values()) {
                if (exceptions[kind.ordinal()] > 0) {
                    byKind.put(kind, exceptions[kind.ordinal()]);
                }
            }
            return new TraceSummary(trace.header(), byType, byKind, hypercalls, given, processors, trace.damage());
        }
    }
}
