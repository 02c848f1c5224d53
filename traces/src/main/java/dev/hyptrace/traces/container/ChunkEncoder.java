package dev.hyptrace.traces.container;

import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;

/** Codes events into the columns of a chunk, as FORMAT.md describes it. {@link ChunkDecoder} is the inverse. */
final class ChunkEncoder extends Coder {
    private final ColumnsWriter columns = new ColumnsWriter(names.registerCount());
    private final ShapeEncoder shapes = new ShapeEncoder();
    private final TextEncoder texts = new TextEncoder(columns);
    private final ChunkSummary summary;
    private final StepEncoder stepEncoder;
    private final RowsEncoder rowsEncoder;
    private final long[] values = new long[names.registerCount()];

    private Chunk.Builder chunk;
    private int events;
    private int steps;
    private int stepsBefore;
    private int cpu;
    private int eventsOfCpu;
    private long firstEvent;

    ChunkEncoder(InstructionUse use) {
        super(Names.own());
        summary = new ChunkSummary(use, names.registerCount());
        stepEncoder = new StepEncoder(this, columns, summary);
        rowsEncoder = new RowsEncoder(this, stepEncoder, columns, summary);
        begin();
    }

    private void begin() {
        chunk = Chunk.newBuilder();
        processors().forEach(processor -> chunk.addProcessors(processor.toMessage(firstEvent)));
        beginChunk();
        texts.beginChunk();
        stepEncoder.beginChunk();
        events = 0;
        steps = 0;
        stepsBefore = 0;
        cpu = 0;
        eventsOfCpu = 0;
    }

    int events() {
        return events;
    }

    int steps() {
        return steps;
    }

    int shapes() {
        return shapes.count();
    }

    /** About how many bytes the chunk takes before compression. */
    long size() {
        return columns.size() + shapes.size();
    }

    /** What was coded, for the caller to add what comes before it in the file; the next event begins a new chunk. */
    CodedChunk finish() {
        writeProcessor();
        shapes.drainTo(chunk);
        CodedChunk finished = new CodedChunk(chunk.setEvents(events).setSteps(steps));
        columns.drainTo(finished);
        summary.drainTo(finished);
        firstEvent += events;
        begin();
        return finished;
    }

    void encode(Event event) {
        if (event instanceof Event.Step step) {
            step(step);
        } else if (event instanceof Event.ExceptionEntry entry) {
            entry(entry);
        } else if (event instanceof Event.ExceptionReturn exceptionReturn) {
            exceptionReturn(exceptionReturn);
        } else if (event instanceof Event.Snapshot snapshot) {
            texts.text(snapshot.reason());
            state(other(snapshot, EventKind.SNAPSHOT), snapshot.state());
        } else if (event instanceof Event.Gap gap) {
            texts.text(gap.reason());
            ProcessorState processor = other(gap, EventKind.GAP);
            processor.knowledge.gap(currentEvent());
            interruptByGap(processor);
        } else if (event instanceof Event.Note note) {
            texts.text(note.text());
            other(note, EventKind.NOTE);
        }
    }

    private void step(Event.Step step) {
        ProcessorState processor = next(step.cpu(), 1);
        State before = step.before();
        Shape shape = shapes.of(before, processor.shape);
        processor.knowledge.state(shape, currentEvent());
        before.copyValues(values);
        stepEncoder.encode(
                processor, step.address(), InstructionCode.pack(step.instruction()), shape, values, step.accesses());
        steps++;
        stepsBefore++;
    }

    /** Codes some of the steps of rows, at least one. */
    void encode(StepRows rows, int first, int end) {
        int count = end - first;
        ProcessorState processor = next(rows.cpu(), count);
        Shape shape = shapes.of(rows.example(), processor.shape);
        processor.knowledge.state(shape, currentEvent());
        rowsEncoder.encode(processor, shape, rows, first, end);
        steps += count;
        stepsBefore += count;
    }

    private void entry(Event.ExceptionEntry entry) {
        ProcessorState processor = other(entry, EventKind.EXCEPTION_ENTRY);
        ColumnWriter column = columns.get(ColumnId.EXCEPTIONS);
        column.varint(entry.kind().ordinal());
        modes(entry.from(), entry.to());
        Shape shape = state(processor, entry.atVector());
        interrupt(processor, ENTRIES + entry.kind().ordinal(), shape);
    }

    private void exceptionReturn(Event.ExceptionReturn event) {
        ProcessorState processor = other(event, EventKind.EXCEPTION_RETURN);
        modes(event.from(), event.to());
        interrupt(processor, EventKind.EXCEPTION_RETURN, state(processor, event.after()));
    }

    private void modes(Optional<Mode> from, Optional<Mode> to) {
        ColumnWriter column = columns.get(ColumnId.EXCEPTIONS);
        column.varint(from.map(Mode::ordinal).orElse(-1) + 1);
        column.varint(to.map(Mode::ordinal).orElse(-1) + 1);
    }

    /** A state outside a step: each value as the difference to the register's last. */
    private Shape state(ProcessorState processor, State state) {
        Shape shape = shapes.of(state, processor.shape);
        processor.knowledge.state(shape, currentEvent());
        columns.get(ColumnId.SHAPES).varint(shape.number());
        state.copyValues(values);
        ColumnWriter column = columns.get(ColumnId.STATE_VALUES);
        for (int i = 0; i < shape.size(); i++) {
            int register = shape.register(i);
            column.zigzag(Deltas.between(processor.values[register], values[i], names.registerMask(register)));
            if (processor.values[register] != values[i]) {
                processor.values[register] = values[i];
                summary.changed(processor, register);
            }
        }
        return shape;
    }

    private ProcessorState other(Event event, int kind) {
        ColumnWriter column = columns.get(ColumnId.KINDS);
        column.varint(stepsBefore);
        column.u8(kind);
        stepsBefore = 0;
        return next(event.cpu(), 1);
    }

    /** The processor of the next events. */
    private ProcessorState next(int number, int count) {
        if (number != cpu) {
            writeProcessor();
            cpu = number;
            eventsOfCpu = 0;
        }
        eventsOfCpu += count;
        events += count;
        return processor(number);
    }

    /** The number of the event that is coded at the moment. */
    private long currentEvent() {
        return firstEvent + events - 1;
    }

    private void writeProcessor() {
        ColumnWriter column = columns.get(ColumnId.PROCESSORS);
        column.varint(eventsOfCpu);
        column.varint(cpu);
    }

    /**
     * Refuses an event that the format has no room for.
     *
     * @throws IllegalArgumentException when a number or a length is out of range
     */
    static void check(Event event) {
        if (event.cpu() < 0 || event.cpu() >= MAX_PROCESSORS) {
            throw new IllegalArgumentException(
                    "an event on processor " + event.cpu() + ", expected 0 to " + (MAX_PROCESSORS - 1));
        }
        List<MemoryAccess> accesses = event instanceof Event.Step step ? step.accesses() : List.of();
        if (accesses.size() > AccessEncoder.MAX_ACCESSES) {
            throw new IllegalArgumentException(
                    "a step with " + accesses.size() + " accesses, expected at most " + AccessEncoder.MAX_ACCESSES);
        }
        if (textLength(event) > TextEncoder.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a text of " + textLength(event) + " characters, expected at most " + TextEncoder.MAX_LENGTH);
        }
    }

    /** The length of the event's text, 0 for an event without one. */
    static int textLength(Event event) {
        return event instanceof Event.Note note
                ? note.text().length()
                : event instanceof Event.Gap gap
                        ? gap.reason().length()
                        : event instanceof Event.Snapshot snapshot
                                ? snapshot.reason().length()
                                : 0;
    }
}
