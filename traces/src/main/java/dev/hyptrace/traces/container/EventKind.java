package dev.hyptrace.traces.container;

/** The events other than steps: the bytes of {@link ColumnId#KINDS}. */
final class EventKind {
    static final int EXCEPTION_ENTRY = 1;
    static final int EXCEPTION_RETURN = 2;
    static final int SNAPSHOT = 3;
    static final int GAP = 4;
    static final int NOTE = 5;

    private EventKind() {}
}
