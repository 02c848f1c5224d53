package dev.hyptrace.traces.container;

/** What of a step was not as predicted: the bits of a byte in {@link ColumnId#FLAGS}. */
final class StepFlag {
    static final int ADDRESS = 1;
    static final int INSTRUCTION = 1 << 1;
    static final int SHAPE = 1 << 2;
    /** A register that was expected to change has another value. */
    static final int VALUE = 1 << 3;
    /** A register that was not expected to change has. */
    static final int CHANGE = 1 << 4;

    static final int ACCESS_KINDS = 1 << 5;
    static final int ACCESS_VALUES = 1 << 6;

    private StepFlag() {}
}
