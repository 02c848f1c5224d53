/**
 * The command line: parses, calls the other modules, prints.
 *
 * <p>{@link dev.hyptrace.cli.Main} is the way in. Each subcommand is a thin class in {@code command}: what it computes is
 * computed in another module, what it prints goes through {@code console}. Nothing outside this module prints.
 */
package dev.hyptrace.cli;
