package dev.hyptrace.traces.model;

/**
 * What a recording says of one register: its value, a value that follows from others by a named rule, or nothing.
 *
 * <p>A value holds a register's bits zero-extended to 64.
 */
public sealed interface Value {
    Value UNKNOWN = new Unknown();

    /** The source recorded this value. */
    record Known(long bits) implements Value {}

    /** The source did not record it, but the rule gives it from what was recorded. */
    record Derived(long bits, DerivationRule rule) implements Value {}

    /** Neither recorded nor derivable. Never equal to anything, zero included. */
    record Unknown() implements Value {}
}
