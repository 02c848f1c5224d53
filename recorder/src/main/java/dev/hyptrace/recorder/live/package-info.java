/**
 * Recording hypercalls from a live target behind a GDB stub.
 *
 * <p>Start at {@link dev.hyptrace.recorder.live.HypercallFollower}: its head explains the method (HVBAR can only change in Hyp
 * and Monitor mode, so these are single-stepped and everything else runs freely between breakpoints). {@code LiveProcessor} is
 * the target as the follower sees it, one {@code Stop} after the other; {@code Transitions} says what happened between two of
 * them; {@code Injector} reads the registers that no stub shows by executing an MRS in the target's place; {@code EventLog}
 * is where events go.
 *
 * <p>{@link dev.hyptrace.recorder.live.Board} is what a server lets be done to the target; {@code PlainServer} is the one that has
 * nothing but the remote protocol.
 *
 * <p>Nothing here starts a process or knows which stub it talks to.
 */
package dev.hyptrace.recorder.live;
