package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.MemoryAccess;
import java.util.List;

/** The inverse of {@link StepEncoder}. */
final class StepDecoder {
    private final Coder coder;
    private final ColumnsReader columns;
    private final ColumnReader runs;
    private final ColumnReader allFlags;
    private final ShapeDecoder shapes;
    private final AccessDecoder accesses;
    private final long[] values;

    private long predictedSteps;
    private int flags;
    private int address;
    private Site here;
    private Shape shape;

    StepDecoder(Coder coder, ColumnsReader columns, ShapeDecoder shapes) throws CorruptChunkException {
        this.coder = coder;
        this.columns = columns;
        this.runs = columns.get(ColumnId.RUNS);
        this.allFlags = columns.get(ColumnId.FLAGS);
        this.shapes = shapes;
        this.accesses = new AccessDecoder(columns);
        this.values = new long[coder.names.registerCount()];
        nextRun();
    }

    private void nextRun() throws CorruptChunkException {
        predictedSteps = runs.isAtEnd() ? Long.MAX_VALUE : runs.varint();
    }

    /** Decodes the next step, for the methods below to tell of it; its accesses are to be asked for once. */
    void decode(ProcessorState processor) throws CorruptChunkException {
        flags = 0;
        if (predictedSteps == 0) {
            flags = allFlags.u8();
            nextRun();
        } else {
            predictedSteps--;
        }
        Site from = processor.site;
        address = address(from, flags);
        here = coder.site(from, address);
        decodeInstruction(here, flags);
        shape = shape(processor, here, flags);
        decodeState(processor, from, address, shape, flags);
        processor.site = here;
    }

    int address() {
        return address;
    }

    Site site() {
        return here;
    }

    Shape shape() {
        return shape;
    }

    List<MemoryAccess> accesses() throws CorruptChunkException {
        return accesses.decode(here, flags);
    }

    /** The step as a whole. */
    Event.Step step(ProcessorState processor) throws CorruptChunkException {
        for (int i = 0; i < shape.size(); i++) {
            values[i] = processor.values[shape.register(i)];
        }
        return new Event.Step(
                processor.cpu,
                address,
                InstructionCode.unpack(here.instruction(), coder.names),
                shape.stateOf(values),
                accesses());
    }

    private int address(Site from, int flags) throws CorruptChunkException {
        int address = from.next();
        if ((flags & StepFlag.ADDRESS) != 0) {
            long code = columns.get(ColumnId.ADDRESSES).varint();
            long zigzag = code - 1;
            address = code == 0 ? from.otherNext() : from.next() + (int) (zigzag >>> 1 ^ -(zigzag & 1));
        }
        from.learnNext(address);
        return address;
    }

    private void decodeInstruction(Site here, int flags) throws CorruptChunkException {
        if ((flags & StepFlag.INSTRUCTION) == 0) {
            return;
        }
        int code = columns.get(ColumnId.INSTRUCTION_SETS).u8();
        if (code == 0) {
            here.learnInstruction(InstructionCode.NONE);
            return;
        }
        int size = (code - 1 & 1) != 0 ? 4 : 2;
        int encoding = 0;
        for (int i = 0; i < size; i++) {
            encoding |= columns.get(ColumnId.INSTRUCTIONS + i).u8() << 8 * i;
        }
        here.learnInstruction(InstructionCode.pack(encoding, size, code - 1 >>> 1));
    }

    private Shape shape(ProcessorState processor, Site here, int flags) throws CorruptChunkException {
        int number = here.shape >= 0 ? here.shape : processor.shape;
        Shape shape = (flags & StepFlag.SHAPE) != 0 ? shapes.next() : shapes.get(number);
        here.shape = shape.number();
        processor.shape = shape.number();
        return shape;
    }

    private void decodeState(ProcessorState processor, Site from, int address, Shape shape, int flags)
            throws CorruptChunkException {
        if (coder.programCounter >= 0) {
            processor.values[coder.programCounter] = Integer.toUnsignedLong(address);
        }
        decodeExpected(processor, from, shape, (flags & StepFlag.VALUE) != 0);
        if ((flags & StepFlag.CHANGE) != 0) {
            decodeUnexpected(processor, from, shape);
        }
    }

    private void decodeExpected(ProcessorState processor, Site from, Shape shape, boolean missedAny)
            throws CorruptChunkException {
        long[] current = processor.values;
        long missed = missedAny ? missed(from, shape) : 0;
        for (int i = 0; i < from.changing(); i++) {
            RegisterChange change = from.change(i);
            int register = change.register();
            if (shape.place(register) < 0) {
                continue;
            }
            long mask = coder.masks[register];
            long actual = (missed & 1) != 0
                    ? Deltas.apply(current[register], columns.register(register).zigzag(), mask)
                    : change.predict(current[register], mask);
            change.learn(current[register], actual, mask);
            set(processor, register, actual);
            missed >>>= 1;
        }
    }

    private long missed(Site from, Shape shape) throws CorruptChunkException {
        return from.present(shape) > 1 ? columns.get(ColumnId.MISSES).varint() : 1;
    }

    private void decodeUnexpected(ProcessorState processor, Site from, Shape shape) throws CorruptChunkException {
        long[] current = processor.values;
        ColumnReader column = columns.get(ColumnId.CHANGES);
        int count = column.varint(shape.size() + 1, "the number of changed registers");
        int place = -1;
        for (int i = 0; i < count; i++) {
            place += 1 + column.varint(shape.size() - place - 1, "the place of a changed register");
            int register = shape.register(place);
            long mask = coder.masks[register];
            long actual =
                    Deltas.apply(current[register], columns.register(register).zigzag(), mask);
            from.addChanging(register, current[register], actual, mask);
            set(processor, register, actual);
        }
    }

    private void set(ProcessorState processor, int register, long value) {
        if (processor.values[register] != value) {
            processor.values[register] = value;
            coder.log.changed(processor, register);
        }
    }
}
