package dev.hyptrace.recorder.ds5;

/**
 * A line of a trace table.
 *
 * @param kind what it tells
 * @param type what the table calls it, for counts
 * @param address the text of its address column
 * @param opcode the digits of its opcode column, without {@code 0x}; empty or {@code ?} when it has none
 * @param detail the text of its detail column
 * @param failed whether the instruction failed its condition
 */
record Ds5Row(Kind kind, String type, String address, String opcode, String detail, boolean failed) {
    /** The kinds of lines. */
    enum Kind {
        INSTRUCTION,
        /** The instructions from here on are of a function. */
        FUNCTION,
        /** What is in the detail column. */
        INFO
    }
}
