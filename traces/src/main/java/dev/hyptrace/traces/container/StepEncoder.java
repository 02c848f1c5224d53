package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.MemoryAccess;
import java.util.List;

/**
 * Codes steps: only what {@link Site} did not predict is written, so that a step whose every part was predicted costs
 * nothing but a share of a run length.
 */
final class StepEncoder {
    private final Coder coder;
    private final ColumnsWriter columns;
    private final ColumnWriter runs;
    private final ColumnWriter allFlags;
    private final ColumnWriter addresses;
    private final ColumnWriter shapes;
    private final AccessEncoder accesses;
    private final ChunkSummary summary;
    private final long[] masks;
    private final int[] changes;

    private long predictedSteps;

    StepEncoder(Coder coder, ColumnsWriter columns, ChunkSummary summary) {
        this.coder = coder;
        this.masks = coder.masks;
        this.changes = new int[masks.length];
        this.columns = columns;
        this.runs = columns.get(ColumnId.RUNS);
        this.allFlags = columns.get(ColumnId.FLAGS);
        this.addresses = columns.get(ColumnId.ADDRESSES);
        this.shapes = columns.get(ColumnId.SHAPES);
        this.summary = summary;
        this.accesses = new AccessEncoder(columns);
    }

    void beginChunk() {
        predictedSteps = 0;
    }

    /**
     * Codes one step.
     *
     * @param instruction as {@link InstructionCode} packs it
     * @param shape of the state before it
     * @param values of that state, in the order of the shape
     */
    void encode(
            ProcessorState processor,
            int address,
            long instruction,
            Shape shape,
            long[] values,
            List<MemoryAccess> made) {
        Site from = processor.site;
        Site here = coder.site(from, address);
        int flags = encodeAddress(from, address)
                | encodeInstruction(here, instruction)
                | encodeShape(processor, here, shape)
                | encodeState(processor, from, address, shape, values)
                | accesses.encode(here, made);
        if (!made.isEmpty()) {
            summary.accesses(made);
        }
        processor.site = here;
        encodeFlags(flags);
    }

    /** Codes that the step makes no data access; returns the flag of that when it was not predicted. */
    int encodeNoAccess(Site here) {
        return here.accessKinds.length == 0 ? 0 : accesses.encode(here, List.of());
    }

    /** Ends a step. */
    void encodeFlags(int flags) {
        if (flags == 0) {
            predictedSteps++;
        } else {
            runs.varint(predictedSteps);
            allFlags.u8(flags);
            predictedSteps = 0;
        }
    }

    /** Codes where the step is; returns the flag of that when it was not predicted. */
    int encodeAddress(Site from, int address) {
        int flags = 0;
        if (address != from.next()) {
            if (address == from.otherNext()) {
                addresses.varint(0);
            } else {
                int difference = address - from.next();
                addresses.varint(1 + Integer.toUnsignedLong(difference << 1 ^ difference >> 31));
            }
            flags = StepFlag.ADDRESS;
        }
        from.learnNext(address);
        return flags;
    }

    /** Codes the instruction of the step; returns the flag of that when it was not predicted. */
    int encodeInstruction(Site here, long instruction) {
        return here.instruction() == instruction ? 0 : encodeNewInstruction(here, instruction);
    }

    private int encodeNewInstruction(Site here, long instruction) {
        here.learnInstruction(instruction);
        ColumnWriter sets = columns.get(ColumnId.INSTRUCTION_SETS);
        if (instruction == InstructionCode.NONE) {
            sets.u8(0);
        } else {
            summary.executes(InstructionCode.instruction(instruction));
            boolean wide = InstructionCode.size(instruction) == 4;
            sets.u8(1 + InstructionCode.set(instruction) * 2 + (wide ? 1 : 0));
            for (int i = 0; i < (wide ? 4 : 2); i++) {
                columns.get(ColumnId.INSTRUCTIONS + i).u8(InstructionCode.encoding(instruction) >>> 8 * i);
            }
        }
        return StepFlag.INSTRUCTION;
    }

    /** Codes which registers the step's state has; returns the flag of that when it was not predicted. */
    int encodeShape(ProcessorState processor, Site here, Shape shape) {
        int expected = here.shape >= 0 ? here.shape : processor.shape;
        here.shape = shape.number();
        processor.shape = shape.number();
        if (shape.number() == expected) {
            return 0;
        }
        shapes.varint(shape.number());
        return StepFlag.SHAPE;
    }

    private int encodeState(ProcessorState processor, Site from, int address, Shape shape, long[] values) {
        if (coder.programCounter >= 0) {
            processor.values[coder.programCounter] = Integer.toUnsignedLong(address);
        }
        return encodeExpected(processor, from, shape, values) | encodeUnexpected(processor, from, shape, values);
    }

    /** The registers that the instruction is known to change. */
    private int encodeExpected(ProcessorState processor, Site from, Shape shape, long[] values) {
        long[] current = processor.values;
        long missed = 0;
        int present = 0;
        for (int i = 0; i < from.changing(); i++) {
            RegisterChange change = from.change(i);
            int register = change.register();
            int place = shape.place(register);
            if (place < 0) {
                continue;
            }
            long actual = values[place];
            if (change.predict(current[register], masks[register]) != actual) {
                missed |= 1L << present;
                difference(register, current[register], actual);
            }
            change.learn(current[register], actual, masks[register]);
            if (current[register] != actual) {
                current[register] = actual;
                summary.changed(processor, register);
            }
            present++;
        }
        return encodeMissed(missed, present);
    }

    /**
     * Codes which of the registers that were expected to change have another value; returns the flag of that.
     *
     * @param missed a bit for each of them
     * @param present how many they are
     */
    int encodeMissed(long missed, int present) {
        if (missed == 0) {
            return 0;
        }
        if (present > 1) {
            columns.get(ColumnId.MISSES).varint(missed);
        }
        return StepFlag.VALUE;
    }

    /** All others. */
    private int encodeUnexpected(ProcessorState processor, Site from, Shape shape, long[] values) {
        long[] current = processor.values;
        int count = 0;
        for (int i = 0; i < shape.size(); i++) {
            if (values[i] != current[shape.register(i)]) {
                changes[count++] = i;
            }
        }
        if (count == 0) {
            return 0;
        }
        ColumnWriter column = columns.get(ColumnId.CHANGES);
        column.varint(count);
        for (int i = 0; i < count; i++) {
            int register = shape.register(changes[i]);
            long actual = values[changes[i]];
            column.varint(i == 0 ? changes[0] : changes[i] - changes[i - 1] - 1);
            difference(register, current[register], actual);
            from.addChanging(register, current[register], actual, masks[register]);
            current[register] = actual;
            summary.changed(processor, register);
        }
        return StepFlag.CHANGE;
    }

    private void difference(int register, long from, long to) {
        columns.register(register).zigzag(Deltas.between(from, to, masks[register]));
    }
}
