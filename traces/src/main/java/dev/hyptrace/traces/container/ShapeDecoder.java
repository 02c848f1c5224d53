package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import java.util.ArrayList;
import java.util.List;

/** The shapes of a chunk by number. */
final class ShapeDecoder {
    /** A writer ends a chunk that has as many. */
    static final int MAX_SHAPES = 4096;

    private final List<Shape> shapes = new ArrayList<>();
    private final ColumnReader numbers;

    ShapeDecoder(Chunk chunk, ColumnsReader columns, Names names) throws CorruptChunkException {
        numbers = columns.get(ColumnId.SHAPES);
        if (chunk.getShapesCount() > MAX_SHAPES) {
            throw new CorruptChunkException(
                    "a chunk has " + chunk.getShapesCount() + " shapes, expected at most " + MAX_SHAPES);
        }
        for (dev.hyptrace.traces.container.proto.Shape shape : chunk.getShapesList()) {
            shapes.add(Shape.decode(shapes.size(), shape.getRegistersList(), shape.getRulesList(), names));
        }
    }

    /** The shape that the column names next. */
    Shape next() throws CorruptChunkException {
        return shapes.get(numbers.varint(shapes.size(), "the number of a shape"));
    }

    Shape get(int number) throws CorruptChunkException {
        if (number >= shapes.size()) {
            throw new CorruptChunkException("a chunk with states has no shapes");
        }
        return shapes.get(number);
    }
}
