/**
 * Watching long reading of recordings: progress on the terminal, and an end in good order when the user interrupts. Start at
 * {@link dev.hyptrace.cli.watch.Watch}.
 */
package dev.hyptrace.cli.watch;
