/**
 * Call replay: each recorded hypercall is made again, by itself, on the built-in machine.
 *
 * <p>The handler's code comes from an image, from the instructions that the recording holds, or both. See {@link
 * dev.hyptrace.replayer.call.CallReplay}.
 */
package dev.hyptrace.replayer.call;
