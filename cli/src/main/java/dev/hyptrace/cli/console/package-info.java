/**
 * Where commands print: data to standard output, talk to standard error.
 *
 * <p>{@link dev.hyptrace.cli.console.Console} is both streams and what is known of them: whether they are terminals, which
 * colour is wanted. Its output ends quietly when its reader goes away
 * ({@link dev.hyptrace.cli.console.BrokenPipeException}), and text that came from a file or a target cannot command a terminal
 * ({@link dev.hyptrace.cli.console.Printable}).
 */
package dev.hyptrace.cli.console;
