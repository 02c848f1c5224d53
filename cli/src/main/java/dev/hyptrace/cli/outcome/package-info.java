/**
 * How a command ends: with an {@link dev.hyptrace.cli.outcome.ExitStatus}, and when something went wrong with the one sentence
 * that {@link dev.hyptrace.cli.outcome.Trouble} makes of it.
 *
 * <p>A command that cannot go on throws: {@link dev.hyptrace.cli.outcome.CommandException} where the sentence is its own, or
 * whatever the module threw that it called.
 */
package dev.hyptrace.cli.outcome;
