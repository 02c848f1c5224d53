/**
 * What a recording is made of: registers, states of which parts may be unknown, and events.
 *
 * <p>Start at {@link dev.hyptrace.traces.model.Event}; its {@link dev.hyptrace.traces.model.State} is a sparse map from
 * {@link dev.hyptrace.traces.model.Register} to {@link dev.hyptrace.traces.model.Value}, and "unknown" is one of the three
 * things a value can be. {@link dev.hyptrace.traces.model.Hypercall} is derived from events and never stored.
 *
 * <p>Everything here is an immutable value. Nothing here reads or writes a file.
 */
package dev.hyptrace.traces.model;
