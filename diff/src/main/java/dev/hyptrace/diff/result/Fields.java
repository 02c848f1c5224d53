package dev.hyptrace.diff.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counts of fields, by point.
 *
 * @param byPoint the points at which anything was looked at
 */
public record Fields(Map<Point, FieldCounts> byPoint) {
    public Fields {
        EnumMap<Point, FieldCounts> copy = new EnumMap<>(Point.class);
        copy.putAll(byPoint);
        byPoint = Collections.unmodifiableMap(copy);
    }

    /** The counts at one point. */
    public FieldCounts at(Point point) {
        return byPoint.getOrDefault(point, FieldCounts.ZERO);
    }

    /** The counts over all points. */
    public FieldCounts total() {
        return byPoint.values().stream().reduce(FieldCounts.ZERO, FieldCounts::plus);
    }
}
