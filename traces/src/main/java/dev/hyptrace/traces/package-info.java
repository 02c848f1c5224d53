/**
 * Reading and writing recordings, whatever holds them.
 *
 * <p>{@link dev.hyptrace.traces.Trace} is the tour: a header, and events that can be read again and again. The model is in
 * {@code model}, the container in {@code container}, tables in {@code csv}.
 */
package dev.hyptrace.traces;
