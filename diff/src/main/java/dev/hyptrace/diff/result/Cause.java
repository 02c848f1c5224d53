package dev.hyptrace.diff.result;

/**
 * Why two sides differ, where that is known.
 *
 * @param kind the class
 * @param text one sentence with the source of the fact; empty when the class says it all
 */
public record Cause(CauseClass kind, String text) {}
