/**
 * Recording the hypercalls of a target behind a GDB server that somebody else has started: OpenOCD's or J-Link's for a board,
 * QEMU's with {@code -s}.
 *
 * <p>Start at {@link dev.hyptrace.recorder.server.ServerRecording}.
 */
package dev.hyptrace.recorder.server;
