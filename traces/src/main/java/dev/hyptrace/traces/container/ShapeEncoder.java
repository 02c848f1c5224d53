package dev.hyptrace.traces.container;

import dev.hyptrace.traces.container.proto.Chunk;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the shapes of a chunk in the order of first use. */
final class ShapeEncoder {
    private static final long[] ZEROS =
            new long[dev.hyptrace.traces.model.Register.all().size()];

    private final Map<State, Shape> byExample = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();
    private long size;

    /**
     * The shape of the state.
     *
     * @param likely the number of a shape to try first
     */
    Shape of(State state, int likely) {
        if (likely >= 0 && likely < shapes.size() && shapes.get(likely).isOf(state)) {
            return shapes.get(likely);
        }
        State example = state.withValues(ZEROS);
        Shape known = byExample.get(example);
        if (known != null) {
            return known;
        }
        Shape added = Shape.of(shapes.size(), example);
        shapes.add(added);
        byExample.put(example, added);
        size += added.size() * 4L;
        return added;
    }

    int count() {
        return shapes.size();
    }

    /** About how many bytes the shapes take in the message. */
    long size() {
        return size;
    }

    void drainTo(Chunk.Builder chunk) {
        for (Shape shape : shapes) {
            dev.hyptrace.traces.container.proto.Shape.Builder message =
                    dev.hyptrace.traces.container.proto.Shape.newBuilder();
            boolean anyDerived = false;
            for (int i = 0; i < shape.size(); i++) {
                message.addRegisters(shape.register(i));
                anyDerived |= shape.ruleNumber(i) != 0;
            }
            for (int i = 0; anyDerived && i < shape.size(); i++) {
                message.addRules(shape.ruleNumber(i));
            }
            chunk.addShapes(message);
        }
        shapes.clear();
        byExample.clear();
        size = 0;
    }
}
