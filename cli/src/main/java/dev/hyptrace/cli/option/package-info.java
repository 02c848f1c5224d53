/**
 * Options that several commands have, and what they stand for.
 *
 * <p>{@link dev.hyptrace.cli.option.OutputFile} is a recording that a command writes,
 * {@link dev.hyptrace.cli.option.RecordingOutput} the open file. {@link dev.hyptrace.cli.option.Interruption} sees to it that
 * what was recorded is kept when the user interrupts.
 */
package dev.hyptrace.cli.option;
