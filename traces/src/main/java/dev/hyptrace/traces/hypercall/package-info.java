/**
 * From events to hypercalls: which HVC was answered where, with what state at the call, at the vector and after it.
 *
 * <p>{@link dev.hyptrace.traces.hypercall.Hypercalls} is the way in for a whole trace;
 * {@link dev.hyptrace.traces.hypercall.HypercallAssembler} takes events as they come. One
 * {@code ProcessorCalls} per processor follows the events, an {@code OpenCall} is a call that has not ended, a
 * {@code VisitedCode} is where its handler has been, and {@code HandlerBranch} knows which encodings can leave there for an
 * address held in a register. {@code CallStates} fills in what the architecture lets one derive.
 *
 * <p>Nothing is read or written here, and no event is changed.
 */
package dev.hyptrace.traces.hypercall;
