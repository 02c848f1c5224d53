package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Processor;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import java.util.Optional;

/** Decodes the events of a chunk, one after the other: the inverse of {@link ChunkEncoder}. */
final class ChunkDecoder extends Coder {
    private final ColumnsReader columns;
    private final ShapeDecoder shapes;
    private final TextDecoder texts;
    private final StepDecoder stepDecoder;
    private final long[] values;

    private int remaining;
    private long stepsBefore;
    private long eventsOfCpu;
    private int cpu;
    private Shape lastShape;
    private ProcessorState processor;

    /** @param chunk whose {@code events} is bounded by the caller */
    ChunkDecoder(Chunk chunk, Names names) throws CorruptChunkException {
        super(names);
        columns = ColumnsReader.of(chunk, names.registerCount());
        shapes = new ShapeDecoder(chunk, columns, names);
        texts = new TextDecoder(columns);
        stepDecoder = new StepDecoder(this, columns, shapes);
        values = new long[names.registerCount()];
        remaining = chunk.getEvents();
        for (Processor processor : chunk.getProcessorsList()) {
            checkCpu(processor.getCpu());
            put(ProcessorState.of(processor, names));
        }
        nextOther();
    }

    /** The next event, or null after the last. */
    Event next() throws CorruptChunkException {
        if (remaining == 0) {
            return null;
        }
        Event other = advance();
        return other == null ? stepDecoder.step(processor) : other;
    }

    /**
     * Decodes the next event; there must be one.
     *
     * @return the event, or null when it is a step, of which {@link #step} then tells
     */
    Event advance() throws CorruptChunkException {
        remaining--;
        processor = nextProcessor();
        if (stepsBefore > 0) {
            stepsBefore--;
            stepDecoder.decode(processor);
            return null;
        }
        int kind = columns.get(ColumnId.KINDS).u8();
        nextOther();
        return switch (kind) {
            case EventKind.EXCEPTION_ENTRY -> entry(processor);
            case EventKind.EXCEPTION_RETURN -> exceptionReturn(processor);
            case EventKind.SNAPSHOT -> new Event.Snapshot(processor.cpu, texts.text(), state(processor));
            case EventKind.GAP -> gap(processor);
            case EventKind.NOTE -> new Event.Note(processor.cpu, texts.text());
            default -> throw new CorruptChunkException("an event has kind " + kind + ", expected 1 to 5");
        };
    }

    /** The processor of the event that {@link #advance} has decoded. */
    int cpu() {
        return processor.cpu;
    }

    /** What {@link #advance} has decoded, if it was a step. */
    StepDecoder step() {
        return stepDecoder;
    }

    /** The shape of the state of the last event that was no step and has one. */
    Shape otherShape() {
        return lastShape;
    }

    private void nextOther() throws CorruptChunkException {
        ColumnReader kinds = columns.get(ColumnId.KINDS);
        stepsBefore = kinds.isAtEnd() ? Long.MAX_VALUE : kinds.varint();
    }

    private ProcessorState nextProcessor() throws CorruptChunkException {
        ColumnReader column = columns.get(ColumnId.PROCESSORS);
        while (eventsOfCpu == 0) {
            eventsOfCpu = column.varint();
            cpu = column.varint(MAX_PROCESSORS, "the number of a processor");
        }
        eventsOfCpu--;
        return processor(cpu);
    }

    private static void checkCpu(int number) throws CorruptChunkException {
        if (number < 0 || number >= MAX_PROCESSORS) {
            throw new CorruptChunkException("the number of a processor is " + Integer.toUnsignedString(number)
                    + ", expected less than " + MAX_PROCESSORS);
        }
    }

    private Event entry(ProcessorState processor) throws CorruptChunkException {
        int kindIndex = columns.get(ColumnId.EXCEPTIONS).varint(MAX_EXCEPTION_KINDS, "the index of an exception kind");
        ExceptionKind kind = names.exceptionKind(kindIndex);
        Optional<Mode> from = mode();
        Optional<Mode> to = mode();
        State atVector = state(processor);
        interrupt(processor, ENTRIES + kindIndex, lastShape);
        return new Event.ExceptionEntry(processor.cpu, kind, from, to, atVector);
    }

    private Event exceptionReturn(ProcessorState processor) throws CorruptChunkException {
        Optional<Mode> from = mode();
        Optional<Mode> to = mode();
        State after = state(processor);
        interrupt(processor, EventKind.EXCEPTION_RETURN, lastShape);
        return new Event.ExceptionReturn(processor.cpu, from, to, after);
    }

    private Event gap(ProcessorState processor) throws CorruptChunkException {
        interruptByGap(processor);
        return new Event.Gap(processor.cpu, texts.text());
    }

    private Optional<Mode> mode() throws CorruptChunkException {
        return names.mode(columns.get(ColumnId.EXCEPTIONS).varint(256, "the index of a mode"));
    }

    private State state(ProcessorState processor) throws CorruptChunkException {
        lastShape = shapes.next();
        ColumnReader column = columns.get(ColumnId.STATE_VALUES);
        for (int i = 0; i < lastShape.size(); i++) {
            int register = lastShape.register(i);
            long mask = names.registerMask(register);
            values[i] = Deltas.apply(processor.values[register], column.zigzag(), mask);
            if (processor.values[register] != values[i]) {
                processor.values[register] = values[i];
                log.changed(processor, register);
            }
        }
        return lastShape.stateOf(values);
    }
}
