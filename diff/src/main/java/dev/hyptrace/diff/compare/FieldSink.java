package dev.hyptrace.diff.compare;

import dev.hyptrace.diff.result.Point;

/** Takes what a comparison of two states says of each field. */
public interface FieldSink {
    /** Both sides have the field, and it is equal. */
    void equal(Point point, Field field);

    /** Both sides have the field, and it differs. */
    void differ(Difference difference);
}
