package dev.hyptrace.traces.container;

/** The columns of a chunk. FORMAT.md says what is in each. */
final class ColumnId {
    static final int KINDS = 0;
    static final int PROCESSORS = 1;
    static final int RUNS = 2;
    static final int FLAGS = 3;
    static final int ADDRESSES = 4;
    static final int INSTRUCTION_SETS = 5;
    /** Four columns: bits [7:0], [15:8], [23:16], [31:24] of each encoding. */
    static final int INSTRUCTIONS = 6;

    static final int SHAPES = 10;
    static final int CHANGES = 11;
    static final int MISSES = 12;
    static final int EXCEPTIONS = 13;
    static final int STATE_VALUES = 14;
    static final int TEXT_REFERENCES = 15;
    static final int TEXTS = 16;
    static final int ACCESS_KINDS = 17;
    static final int ACCESS_ADDRESSES = 18;
    static final int ACCESS_DATA = 19;
    /** One column per register: this plus the register's index. */
    static final int REGISTERS = 32;

    private ColumnId() {}
}
