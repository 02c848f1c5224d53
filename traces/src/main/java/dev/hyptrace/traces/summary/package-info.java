/**
 * What is in a trace, counted: the figures of {@code hyptrace info}.
 *
 * <p>{@link dev.hyptrace.traces.summary.TraceSummary} reads a trace once, in bounded memory. Nothing is printed here.
 */
package dev.hyptrace.traces.summary;
