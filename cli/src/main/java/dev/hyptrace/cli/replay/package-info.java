/**
 * Replays for the command line: which of the three modes, with which image, and where the result goes.
 *
 * <p>{@link dev.hyptrace.cli.replay.ReplayOptions} are the options, {@link dev.hyptrace.cli.replay.Replays} makes a recording of the
 * replay of another, {@link dev.hyptrace.cli.replay.ReplayDiff} compares the two.
 */
package dev.hyptrace.cli.replay;
