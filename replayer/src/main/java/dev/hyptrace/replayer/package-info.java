/**
 * Recordings replayed on the emulator.
 *
 * <p>A replay answers each recorded event with a {@link dev.hyptrace.replayer.ReplayedEvent}: the state that the emulator
 * predicts there, which may be unknown in part, beside the recorded one. Nothing is compared here; that is {@code diff}'s.
 */
package dev.hyptrace.replayer;
