package dev.hyptrace.traces.container;

import com.google.protobuf.UnsafeByteOperations;
import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.container.proto.Column;

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

    /** Moves the columns into the message, compressed, and empties them. */
    void drainTo(Chunk.Builder chunk, Zstandard zstandard) {
        for (int id = 0; id < columns.length; id++) {
            ColumnWriter column = columns[id];
            if (column.size() > 0) {
                byte[] data = zstandard.compress(column.array(), column.size());
                chunk.addColumns(Column.newBuilder()
                        .setId(id)
                        .setSize(column.size())
                        .setData(UnsafeByteOperations.unsafeWrap(data)));
                column.clear();
            }
        }
    }
}
