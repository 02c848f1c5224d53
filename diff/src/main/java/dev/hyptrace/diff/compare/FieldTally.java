package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.result.FieldCounts;
import dev.hyptrace.diff.result.Fields;
import dev.hyptrace.diff.result.Point;
import java.util.EnumMap;
import java.util.Map;

/** Counts fields by point and by what became of them. */
public final class FieldTally {
    enum Count {
        COMPARED,
        DERIVED,
        UNKNOWN,
        MASKED,
        TAKEN
    }

    private static final int KINDS = Count.values().length;

    private final long[] counts = new long[Point.values().length * KINDS];

    void add(Point point, Count count, int fields) {
        counts[point.ordinal() * KINDS + count.ordinal()] += fields;
    }

    /** What was counted so far. */
    public Fields fields() {
        Map<Point, FieldCounts> byPoint = new EnumMap<>(Point.class);
        for (Point point : Point.values()) {
            FieldCounts at = new FieldCounts(
                    get(point, Count.COMPARED),
                    get(point, Count.DERIVED),
                    get(point, Count.UNKNOWN),
                    get(point, Count.MASKED),
                    get(point, Count.TAKEN));
            if (!at.equals(FieldCounts.ZERO)) {
                byPoint.put(point, at);
            }
        }
        return new Fields(byPoint);
    }

    private long get(Point point, Count count) {
        return counts[point.ordinal() * KINDS + count.ordinal()];
    }
}
