package dev.hyptrace.traces.container;

/** The columns of a chunk while it is written. */
final class ColumnsWriter {
    private final ColumnWriter[] columns;

    ColumnsWriter(int registers) {
        columns = new ColumnWriter[ColumnId.REGISTERS + registers];
        for (int id = 0; id < columns.length; id++) {
            columns[id] = new ColumnWriter();
        }
    }

    ColumnWriter get(int id) {
        return columns[id];
    }

    ColumnWriter register(int register) {
        return columns[ColumnId.REGISTERS + register];
    }

    long size() {
        long size = 0;
        for (ColumnWriter column : columns) {
            size += column.size();
        }
        return size;
    }

    /** Moves the columns into the chunk, and empties them. */
    void drainTo(CodedChunk chunk) {
        for (int id = 0; id < columns.length; id++) {
            if (columns[id].size() > 0) {
                chunk.addColumn(id, columns[id].drain());
            }
        }
    }
}
