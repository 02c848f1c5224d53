/**
 * One class for each subcommand: it parses its options, calls the module that does the work, and hands the answer to a view.
 *
 * <p>{@link dev.hyptrace.cli.command.HyptraceCommand} is the command without a subcommand and knows all of them. A command
 * answers with its exit status: 0, 1 for a divergence. Whatever goes wrong it throws, and
 * {@link dev.hyptrace.cli.outcome.Trouble} makes one sentence of it.
 */
package dev.hyptrace.cli.command;
