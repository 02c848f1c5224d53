package dev.hyptrace.traces.summary;

/**
 * In how many events of one kind a register was given.
 *
 * @param known how often the source recorded it
 * @param derived how often it was derived
 */
public record Recorded(long known, long derived) {}
