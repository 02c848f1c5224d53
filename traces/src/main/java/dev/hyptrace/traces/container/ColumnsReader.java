package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Column;
import java.util.Arrays;

/** The columns of a chunk while it is read. */
final class ColumnsReader {
    private final ColumnReader[] columns;

    private ColumnsReader(ColumnReader[] columns) {
        this.columns = columns;
    }

    static ColumnsReader of(Chunk chunk, int registers) throws CorruptChunkException {
        ColumnReader[] columns = new ColumnReader[ColumnId.REGISTERS + registers];
        Arrays.fill(columns, ColumnReader.EMPTY);
        long total = 0;
        for (Column column : chunk.getColumnsList()) {
            int id = column.getId();
            int size = column.getSize();
            total += Integer.toUnsignedLong(size);
            if (id < 0 || id >= columns.length || size < 0 || total > Frame.MAX_BODY) {
                throw new CorruptChunkException("column " + Integer.toUnsignedString(id) + " of "
                        + Integer.toUnsignedString(size) + " bytes has no place here");
            }
            columns[id] = new ColumnReader(Zstandard.decompress(column.getData().toByteArray(), size));
        }
        return new ColumnsReader(columns);
    }

    ColumnReader get(int id) {
        return columns[id];
    }

    ColumnReader register(int register) {
        return columns[ColumnId.REGISTERS + register];
    }
}
