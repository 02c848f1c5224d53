package dev.hyptrace.traces.container;

import dev.hyptrace.traces.StepRows;
import java.util.Arrays;

/**
 * Codes the steps of rows to the very bytes that {@link StepEncoder} makes of the same steps one by one. That all of them have
 * the same registers, of 32 bits, makes it several times as fast: what the registers hold is kept in an array like a row.
 */
final class RowsEncoder {
    private static final long WORD = 0xffff_ffffL;

    private final Coder coder;
    private final StepEncoder steps;
    private final ColumnsWriter columns;
    private final ChunkSummary summary;

    private ProcessorState processor;
    private Shape shape;
    /** What the registers of {@link #shape} held last, by their place in it. */
    private int[] current = {};
    /** Where the values of the rows are, and those of the step that is coded. */
    private int[] rowValues;

    private int row;

    RowsEncoder(Coder coder, StepEncoder steps, ColumnsWriter columns, ChunkSummary summary) {
        this.coder = coder;
        this.steps = steps;
        this.columns = columns;
        this.summary = summary;
    }

    /**
     * Codes some of the steps, at least one.
     *
     * @param rowsShape that of {@link StepRows#example}
     */
    void encode(ProcessorState of, Shape rowsShape, StepRows rows, int first, int end) {
        begin(of, rowsShape, rows);
        Site from = of.site;
        for (int i = first; i < end; i++) {
            row = i * current.length;
            int address = rows.address(i);
            Site here = coder.site(from, address);
            long instruction =
                    InstructionCode.pack(rows.encoding(i), rows.instructionSize(i), rows.instructionSetIndex(i));
            int flags = steps.encodeAddress(from, address)
                    | steps.encodeInstruction(here, instruction)
                    | steps.encodeShape(of, here, rowsShape)
                    | encodeState(from, address)
                    | steps.encodeNoAccess(here);
            steps.encodeFlags(flags);
            from = here;
        }
        of.site = from;
        finish(rows.address(end - 1));
    }

    private void begin(ProcessorState of, Shape rowsShape, StepRows rows) {
        processor = of;
        shape = rowsShape;
        rowValues = rows.values();
        if (current.length != shape.size()) {
            current = new int[shape.size()];
        }
        for (int place = 0; place < current.length; place++) {
            current[place] = (int) processor.values[shape.register(place)];
        }
    }

    private void finish(int lastAddress) {
        processor.values[coder.programCounter] = Integer.toUnsignedLong(lastAddress);
        for (int place = 0; place < current.length; place++) {
            processor.values[shape.register(place)] = Integer.toUnsignedLong(current[place]);
        }
    }

    private int encodeState(Site from, int address) {
        int placeOfPc = shape.place(coder.programCounter);
        if (placeOfPc >= 0) {
            current[placeOfPc] = address;
        }
        int flags = from.changing() == 0 ? 0 : encodeExpected(from);
        return isAsExpected() ? flags : flags | encodeUnexpected(from);
    }

    /** The registers that the instruction is known to change. */
    private int encodeExpected(Site from) {
        long missed = 0;
        int present = 0;
        for (int i = 0; i < from.changing(); i++) {
            RegisterChange change = from.change(i);
            int place = shape.place(change.register());
            if (place < 0) {
                continue;
            }
            int before = current[place];
            int after = rowValues[row + place];
            long wideBefore = Integer.toUnsignedLong(before);
            long wideAfter = Integer.toUnsignedLong(after);
            if (change.predict(wideBefore, WORD) != wideAfter) {
                missed |= 1L << present;
                columns.register(change.register()).zigzag(after - before);
            }
            change.learn(wideBefore, wideAfter, WORD);
            if (before != after) {
                current[place] = after;
                summary.changed(processor, change.register());
            }
            present++;
        }
        return steps.encodeMissed(missed, present);
    }

    private boolean isAsExpected() {
        return Arrays.equals(current, 0, current.length, rowValues, row, row + current.length);
    }

    /** All others. */
    private int encodeUnexpected(Site from) {
        int count = 0;
        for (int place = 0; place < current.length; place++) {
            count += current[place] != rowValues[row + place] ? 1 : 0;
        }
        ColumnWriter column = columns.get(ColumnId.CHANGES);
        column.varint(count);
        int next = 0;
        for (int place = 0; place < current.length; place++) {
            int before = current[place];
            int after = rowValues[row + place];
            if (before != after) {
                int register = shape.register(place);
                column.varint(place - next);
                next = place + 1;
                columns.register(register).zigzag(after - before);
                from.addChanging(register, Integer.toUnsignedLong(before), Integer.toUnsignedLong(after), WORD);
                current[place] = after;
                summary.changed(processor, register);
            }
        }
        return StepFlag.CHANGE;
    }
}
